"""The faces of every feature, and what features above add to those below."""

from collections.abc import Mapping

from forum.accounts import api as accounts_api
from forum.accounts import cli as accounts_cli
from forum.accounts import views as accounts_views
from forum.admin import api as admin_api
from forum.admin import views as admin_views
from forum.agenda import api as agenda_api
from forum.agenda import views as agenda_views
from forum.applying import api as applying_api
from forum.applying import views as applying_views
from forum.applying.queries import designed_call
from forum.attending import api as attending_api
from forum.attending import live as attending_live
from forum.attending import views as attending_views
from forum.closing import api as closing_api
from forum.closing import views as closing_views
from forum.core import worker
from forum.demo import cli as demo
from forum.drafts import api as drafts_api
from forum.drafts import views as drafts_views
from forum.files import api as files_api
from forum.files import views as files_views
from forum.handovers import api as handovers_api
from forum.handovers import views as handovers_views
from forum.home import api as home_api
from forum.home import feeds as finding
from forum.home import views as home
from forum.inquiries import api as inquiries_api
from forum.inquiries import views as inquiries_views
from forum.inquiries.queries import find_subject as find_survey
from forum.joining import api as joining_api
from forum.joining import views as joining_views
from forum.members import api as members_api
from forum.members import cli as members_cli
from forum.members import views as members_views
from forum.moderation import api as moderation_api
from forum.moderation import live as moderation_live
from forum.moderation import views as moderation_views
from forum.municipalities import api as municipalities_api
from forum.municipalities import views as municipalities_views
from forum.notifications import api as notifications_api
from forum.notifications import live as notices_live
from forum.notifications import views as notifications_views
from forum.notifications.queries import unread_count
from forum.pads import api as pads_api
from forum.pads import live as pads_live
from forum.pads import views as pads_views
from forum.questionnaires import api as questionnaires_api
from forum.questionnaires import views as questionnaires_views
from forum.questionnaires.rules import Finding
from forum.records import api as records_api
from forum.records import views as records_views
from forum.registering import api as registering_api
from forum.registering import views as registering_views
from forum.spaces import api as spaces_api
from forum.spaces import views as spaces_views
from forum.surveys import api as surveys_api
from forum.surveys import views as surveys_views
from forum.topics import api as topics_api
from forum.topics import live as topics_live
from forum.topics import views as topics_views
from forum.workshops import api as workshops_api
from forum.workshops import feeds as workshops_feeds
from forum.workshops import views as workshops_views
from forum.workshops.queries import card_lines

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
    pads_views,
    registering_views,
    applying_views,
    attending_views,
    inquiries_views,
    agenda_views,
    records_views,
    closing_views,
    topics_views,
    surveys_views,
    questionnaires_views,
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
    pads_api,
    registering_api,
    applying_api,
    attending_api,
    inquiries_api,
    agenda_api,
    records_api,
    closing_api,
    topics_api,
    surveys_api,
    questionnaires_api,
    handovers_api,
    moderation_api,
    notifications_api,
    admin_api,
    home_api,
)
COMMANDS = (demo, members_cli, accounts_cli, worker)
SOCKETS = (topics_live, pads_live, attending_live, moderation_live, notices_live)

# Columns of features above that the reader's one statement brings along, so that no page asks again.
READER_BRINGS = {"unread": unread_count}

# What features above can be linked to in posts, by the names in their addresses; and where a topic belongs.
LINKED = {"workshops": card_lines}

# What questionnaires belong to: how the subject of each kind is found, and who may design its questions.
QUESTION_SUBJECTS: Mapping[str, Finding] = {"application": designed_call, "survey": find_survey}
