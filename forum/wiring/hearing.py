"""Who hears of which fact: together with it, at once, later."""

from collections.abc import Mapping, Sequence

from forum.accounts.actions import erasing, exporting
from forum.accounts.events import ExportAsked
from forum.agenda import actions as agenda
from forum.agenda.events import RequestDecided
from forum.applying import actions as choosing
from forum.applying.events import CandidacyDecided
from forum.attending import actions as attending
from forum.attending import live as attending_live
from forum.attending.events import AttendanceChanged, AudienceQuestionChanged, AudienceQuestionSeconded
from forum.closing.events import WorkshopClosed
from forum.core import events, mail, site
from forum.core.mail import LetterQueued
from forum.core.site import SiteChanged
from forum.following import actions as following
from forum.handovers.events import HandoverConfirmed, HandoverDeclined, HandoverWithdrawn, SuccessorNamed
from forum.holding.events import HeldPostDecided, PostHeld
from forum.inquiries import actions as inquiries
from forum.inquiries.events import SurveyOpened
from forum.joining.actions import applying, importing, inviting
from forum.joining.events import ApplicationReceived, ImportStarted, LettersAsked
from forum.members import actions as members_actions
from forum.members.actions import securing
from forum.members.events import LinkRenewed, MemberSuspended, RoleTaken
from forum.moderation import live as moderation_live
from forum.municipalities import actions as municipalities
from forum.municipalities.events import MunicipalityMerged, MunicipalityMoved
from forum.notifications import actions as notifications
from forum.notifications import live as notices_live
from forum.notifications.actions import agenda as agenda_notices
from forum.notifications.actions import closing as closing_notices
from forum.notifications.actions import editing
from forum.notifications.actions import surveys as survey_notices
from forum.notifications.events import NoticeAdded, NoticeTaken
from forum.pads import actions as pads
from forum.pads import live as pads_live
from forum.pads.events import PadChanged
from forum.registering import actions as registering
from forum.registering.events import RegistrationChanged
from forum.spaces.events import MemberLetIn, SpaceAsked, SpaceChanged, SpaceDeclined, SpaceLeft, SpaceRequestEnded
from forum.surveys import actions as surveys
from forum.surveys import live as surveys_live
from forum.surveys.events import PollChanged
from forum.topics import actions as topics
from forum.topics import live as topics_live
from forum.topics.events import PostAdded, PostAnswered, PostEdited, PostHidden, PostReacted, PostShown, TopicChanged
from forum.workshops.events import WorkshopTopicStarted

FOLLOWING = (following, surveys, choosing, inquiries, agenda)  # what else belongs to a municipality

# Inside the transaction. Whoever loses sight of a space must lose its notices in the same moment, or they would leak
# titles for as long as the queue is slow. Two municipalities that become one do so at once, or a voice counts twice.
# Who comes to a workshop follows its new topics before anybody is told of their first posts; who leaves its space
# leaves the place to the next, who may be waiting for it, and the pen of its notes. A link is used up only if the next
# letter is written. A question that came with a registration is one of the event's as soon as it is said.
# Who is shut out lets nobody in any more.
TOGETHER: Mapping[type, Sequence[events.Listener]] = {
    SpaceLeft: (notifications.forget_left_space, registering.leave_space, pads.leave_space),
    SpaceChanged: (notifications.forget_closed_space,),
    MemberSuspended: (inviting.withdraw_all,),
    RoleTaken: (notifications.forget_lost_role, inviting.withdraw_all),
    LinkRenewed: (securing.offer_undo_again, erasing.write_again),
    MunicipalityMerged: (topics.follow_country, members_actions.show_merger, *(one.follow_merger for one in FOLLOWING)),
    MunicipalityMoved: (topics.follow_country,),
    WorkshopTopicStarted: (registering.follow_topic,),
    RegistrationChanged: (attending.take_question, attending.follow_registration),
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
    PadChanged: (pads_live.announce_pad,),
    AudienceQuestionChanged: (attending_live.announce_question,),
    AudienceQuestionSeconded: (attending_live.announce_voices,),
    AttendanceChanged: (attending_live.announce_attendance,),
    HeldPostDecided: (moderation_live.announce_decision,),
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
    WorkshopClosed: (closing_notices.notify_of_closing,),
    HeldPostDecided: (notifications.notify_of_decision,),
    SuccessorNamed: (notifications.notify_successor,),
    **dict.fromkeys((HandoverConfirmed, HandoverDeclined), (notifications.notify_of_handover,)),
    HandoverWithdrawn: (notifications.forget_asking,),
    RegistrationChanged: (registering.tell_person,),
    CandidacyDecided: (choosing.tell_applicant,),
    RequestDecided: (agenda_notices.notify_of_agenda,),
    SurveyOpened: (survey_notices.notify_of_survey,),
}
