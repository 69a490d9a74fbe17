"""The one page that knows every feature: blueprints, who hears of which fact, what the clock starts."""

from collections.abc import Callable, Mapping, Sequence

from flask import Flask

from forum.accounts import api as accounts_api
from forum.accounts import cli as accounts_cli
from forum.accounts import personal as accounts_personal
from forum.accounts import views as accounts_views
from forum.accounts.actions import erasing, exporting
from forum.accounts.events import ExportAsked
from forum.admin import api as admin_api
from forum.admin import views as admin_views
from forum.core import events, front, jobs, limits, live, mail, pace, personal, site, storage, uploads, worker
from forum.core.db import db
from forum.core.mail import LetterQueued
from forum.core.personal import house
from forum.core.reader import Reader
from forum.core.settings import Settings, current_settings
from forum.core.site import SiteChanged
from forum.demo import cli as demo
from forum.drafts import api as drafts_api
from forum.drafts import personal as drafts_personal
from forum.drafts import views as drafts_views
from forum.drafts.queries import speaks_of_file
from forum.files import actions as files
from forum.files import api as files_api
from forum.files import personal as files_personal
from forum.files import rules as file_rules
from forum.files import views as files_views
from forum.following import actions as following
from forum.following import personal as following_personal
from forum.handovers import api as handovers_api
from forum.handovers import personal as handovers_personal
from forum.handovers import views as handovers_views
from forum.handovers.events import HandoverConfirmed, HandoverDeclined, HandoverWithdrawn, SuccessorNamed
from forum.holding import personal as holding_personal
from forum.holding.events import HeldPostDecided, PostHeld
from forum.home import api as home_api
from forum.home import feeds as finding
from forum.home import views as home
from forum.joining import api as joining_api
from forum.joining import personal as joining_personal
from forum.joining import views as joining_views
from forum.joining.actions import applying, importing, inviting
from forum.joining.events import ApplicationReceived, ImportStarted, LettersAsked
from forum.members import actions as members_actions
from forum.members import api as members_api
from forum.members import cli as members_cli
from forum.members import personal as members_personal
from forum.members import queries as members
from forum.members import views as members_views
from forum.members.actions import stepping, suspending, tokens
from forum.members.actions.photo import PHOTO
from forum.members.events import RoleTaken
from forum.members.models import colour_of, initials
from forum.members.queries.photos import sees_photo
from forum.moderation import api as moderation_api
from forum.moderation import views as moderation_views
from forum.municipalities import actions as municipalities
from forum.municipalities import api as municipalities_api
from forum.municipalities import views as municipalities_views
from forum.municipalities.events import MunicipalityMerged, MunicipalityMoved
from forum.notifications import actions as notifications
from forum.notifications import api as notifications_api
from forum.notifications import live as notices_live
from forum.notifications import personal as notifications_personal
from forum.notifications import views as notifications_views
from forum.notifications.actions import editing
from forum.notifications.events import NoticeAdded, NoticeTaken
from forum.notifications.queries import unread_count
from forum.spaces import api as spaces_api
from forum.spaces import personal as spaces_personal
from forum.spaces import views as spaces_views
from forum.spaces.events import MemberLetIn, SpaceAsked, SpaceChanged, SpaceDeclined, SpaceLeft, SpaceRequestEnded
from forum.surveys import actions as surveys
from forum.surveys import api as surveys_api
from forum.surveys import live as surveys_live
from forum.surveys import personal as surveys_personal
from forum.surveys import views as surveys_views
from forum.surveys.events import PollChanged
from forum.topics import actions as topics
from forum.topics import api as topics_api
from forum.topics import live as topics_live
from forum.topics import personal as topics_personal
from forum.topics import views as topics_views
from forum.topics.events import PostAdded, PostAnswered, PostEdited, PostHidden, PostReacted, PostShown, TopicChanged
from forum.topics.fragments import words_of
from forum.topics.queries import ATTACHED, reader_at_topic, sees_post
from forum.topics.queries.cards import know_above
from forum.topics.views.quick import QuickTopic
from forum.workshops import api as workshops_api
from forum.workshops import feeds as workshops_feeds
from forum.workshops import personal as workshops_personal
from forum.workshops import views as workshops_views
from forum.workshops.queries import card_lines, place_of

SITE_ZONE = "Asia/Amman"  # times are printed in it until the page knows its reader's

PAGES = (
    finding,
    home,
    files_views,
    members_views,
    accounts_views,
    joining_views,
    municipalities_views,
    spaces_views,
    drafts_views,
    workshops_views,
    workshops_feeds,
    topics_views,
    surveys_views,
    handovers_views,
    moderation_views,
    notifications_views,
    admin_views,
)
APIS = (
    files_api,
    members_api,
    accounts_api,
    joining_api,
    municipalities_api,
    spaces_api,
    drafts_api,
    workshops_api,
    topics_api,
    surveys_api,
    handovers_api,
    moderation_api,
    notifications_api,
    admin_api,
    home_api,
)
COMMANDS = (demo, members_cli, accounts_cli, worker)
SOCKETS = (topics_live, notices_live)

# Columns of features above that the reader's one statement brings along, so that no page asks again.
READER_BRINGS = {"unread": unread_count}

# What features above can be linked to in posts, by the names in their addresses; and where a topic belongs.
LINKED = {"workshops": card_lines}

FOLLOWING = (following, surveys)  # what else belongs to a municipality

# Inside the transaction. Whoever loses sight of a space must lose its notices in the same moment, or they would leak
# titles for as long as the queue is slow. Two municipalities that become one do so at once, or a voice counts twice.
TOGETHER: Mapping[type, Sequence[events.Listener]] = {
    SpaceLeft: (notifications.forget_left_space,),
    SpaceChanged: (notifications.forget_closed_space,),
    RoleTaken: (notifications.forget_lost_role,),
    MunicipalityMerged: (topics.follow_country, members_actions.show_merger, *(one.follow_merger for one in FOLLOWING)),
    MunicipalityMoved: (topics.follow_country,),
}

# In this process after the commit, best effort: a page that misses a push asks for the gap.
AT_ONCE: Mapping[type, Sequence[events.Listener]] = {
    PostAdded: (topics_live.announce_post,),
    PostEdited: (topics_live.announce_change,),
    PostAnswered: (topics_live.announce_change,),
    PostReacted: (topics_live.announce_change,),
    PostHidden: (topics_live.announce_change,),
    PostShown: (topics_live.announce_change,),
    TopicChanged: (topics_live.announce_topic,),
    PollChanged: (surveys_live.announce_poll,),
    NoticeAdded: (notices_live.announce_notice,),
    NoticeTaken: (notices_live.announce_taken,),
    LetterQueued: (mail.hurry,),
    ExportAsked: (exporting.hurry,),
    ImportStarted: (importing.hurry,),
    LettersAsked: (importing.hurry,),
    SiteChanged: (site.hear_change,),
}

# Through the job library, at least once.
LATER: Mapping[type, Sequence[events.Listener]] = {
    PostAdded: (notifications.notify_of_post,),
    PostEdited: (editing.notify_of_edit,),
    ApplicationReceived: (applying.tell_managers,),
    SpaceAsked: (notifications.notify_of_request,),
    MemberLetIn: (notifications.notify_of_joining,),
    SpaceDeclined: (notifications.notify_of_declining,),
    SpaceRequestEnded: (notifications.forget_request,),
    MunicipalityMerged: (municipalities.gather_stragglers,),
    PostHeld: (notifications.notify_of_held,),
    HeldPostDecided: (notifications.notify_of_decision,),
    SuccessorNamed: (notifications.notify_successor,),
    **dict.fromkeys((HandoverConfirmed, HandoverDeclined), (notifications.notify_of_handover,)),
    HandoverWithdrawn: (notifications.forget_asking,),
}

# What members may write, and besides while they are new, as the settings of the site say.
POSTS = pace.Kind("posts", pace.MINUTE, most="posts_per_minute", new_most="newcomer_posts")
TOPICS = pace.Kind("topics", pace.HOUR, most="topics_per_hour", new_most="newcomer_topics")
FILES = pace.Kind("files", pace.HOUR, most="files_per_hour", new_most="newcomer_files")
LETTERS = pace.Kind("letters", pace.DAY, most="letters_per_day", new_most="newcomer_letters")
PACES: Mapping[str, pace.Kind] = {
    **dict.fromkeys(("files.upload", "files_api.upload", "members.change_photo", "members_api.change_photo"), FILES),
    **dict.fromkeys(("topics.reply", "topics_api.reply"), POSTS),
    **dict.fromkeys(("members.send_letter", "members_api.write"), LETTERS),
    **dict.fromkeys((f"{one}.start_topic" for one in ("spaces", "workshops", "spaces_api", "workshops_api")), TOPICS),
}
UNHEARD = ("topics.read", "drafts_api.keep")  # what a page says by itself, every few seconds

# Whose sight decides over a file: whoever may see one of the things that use it. Which unused uploads are still wanted.
FILE_SUBJECTS: Mapping[str, file_rules.Rule] = {ATTACHED: sees_post, PHOTO: sees_photo}
FILES_SPARED: Sequence[file_rules.Sparing] = (speaks_of_file,)
TAKE_FILES = frozenset(
    {
        "files.upload",
        "files_api.upload",
        "members.change_photo",
        "members_api.change_photo",
        "topics.reply",
        "topics.edit",
        "spaces.start_topic",
        "workshops.start_topic",
    }
)

# (crontab arguments, function)
CLOCK: Sequence[tuple[dict[str, str], Callable[[], None]]] = (
    ({"minute": "7"}, stepping.forget_halves),
    ({"minute": "17"}, limits.forget_old),
    ({"minute": "27"}, mail.forget_letters),
    ({"minute": "37"}, tokens.forget_tokens),
    ({"minute": "47"}, applying.forget_unconfirmed),
    ({"minute": "57"}, inviting.forget_invitations),
    ({"minute": "3"}, importing.forget_imports),
    ({"minute": "7"}, exporting.forget_exports),
    ({"minute": "7"}, files.sweep_files),
    ({"minute": "*"}, suspending.lift_what_is_over),
)

# Every minute and whenever asked; each opens its own transactions, because it waits for something outside meanwhile.
ERRANDS: Sequence[Callable[[], None]] = (
    mail.post_letters,
    exporting.make_exports,
    importing.carry_lists,
    erasing.do_erasures,
    files.remove_stored,
)

# What each feature holds of a person: given out, erased, made over. The lowest first.
PERSONAL: Sequence[personal.Part] = (
    house.PART,
    files_personal.PART,
    members_personal.PART,
    accounts_personal.PART,
    joining_personal.PART,
    spaces_personal.PART,
    following_personal.PART,
    drafts_personal.PART,
    holding_personal.PART,
    topics_personal.PART,
    surveys_personal.PART,
    workshops_personal.PART,
    handovers_personal.PART,
    notifications_personal.PART,
)


def find_reader(token: str) -> Reader | None:
    """The member behind a session's token."""
    strict = current_settings().staff_needs_second_step
    return members.find_reader(token, along=READER_BRINGS, strict=strict)


def wire(app: Flask, settings: Settings) -> None:
    """Put the features into the application."""
    know_above(kinds=LINKED, place=place_of)
    app.jinja_env.globals.update(initials=initials, colour_of=colour_of, words_of=words_of)
    for room in (*PAGES, *APIS):
        app.register_blueprint(room.pages)
    for room in COMMANDS:
        app.cli.add_command(room.command)
    queue = jobs.init_app(app, settings, CLOCK, ERRANDS)
    mail.init_app(app, settings)
    storage.init_app(app, settings)
    uploads.init_app(app, TAKE_FILES)
    file_rules.SUBJECTS.update(FILE_SUBJECTS)
    file_rules.LASTING.add(PHOTO)
    file_rules.SPARED[:] = FILES_SPARED
    site.init_app(app, settings.mode)
    personal.init_app(app, PERSONAL)
    pace.init_app(app, settings, routes=PACES, unheard=UNHEARD)
    events.init_app(app, together=TOGETHER, at_once=AT_ONCE, later=LATER, hand_over=queue.hand_over)
    sockets = live.init_app(app, settings, find_open_sessions=members.find_open_sessions)
    for room in SOCKETS:
        room.answer(sockets)


def quick_pages(app: Flask, settings: Settings) -> list[front.Quick]:
    """What is answered before Flask."""
    with app.app_context():
        find = reader_at_topic(db.engine, READER_BRINGS, strict=settings.staff_needs_second_step)
    cookie, forgery = app.config["SIGN_IN_COOKIE"], app.extensions["forgery"]
    return [QuickTopic(settings, forgery, find=find, cookie=cookie, zone=SITE_ZONE)]
