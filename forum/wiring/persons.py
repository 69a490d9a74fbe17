"""What each feature holds of a person."""

from collections.abc import Sequence

from forum.accounts import personal as accounts_personal
from forum.agenda import personal as agenda_personal
from forum.applying import personal as applying_personal
from forum.attending import personal as attending_personal
from forum.closing import personal as closing_personal
from forum.core import personal
from forum.core.personal import house
from forum.drafts import personal as drafts_personal
from forum.files import personal as files_personal
from forum.following import personal as following_personal
from forum.handovers import personal as handovers_personal
from forum.holding import personal as holding_personal
from forum.inquiries import personal as inquiries_personal
from forum.joining import personal as joining_personal
from forum.members import personal as members_personal
from forum.notifications import personal as notifications_personal
from forum.pads import personal as pads_personal
from forum.questionnaires import personal as questionnaires_personal
from forum.records import personal as records_personal
from forum.registering import personal as registering_personal
from forum.spaces import personal as spaces_personal
from forum.surveys import personal as surveys_personal
from forum.topics import personal as topics_personal
from forum.workshops import personal as workshops_personal

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
    questionnaires_personal.PART,
    workshops_personal.PART,
    pads_personal.PART,
    registering_personal.PART,
    attending_personal.PART,
    applying_personal.PART,
    inquiries_personal.PART,
    agenda_personal.PART,
    records_personal.PART,
    closing_personal.PART,
    handovers_personal.PART,
    notifications_personal.PART,
)
