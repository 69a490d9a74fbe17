"""Every write to workshops."""

from forum.workshops.actions.announcing import (
    add_workshop,
    change_workshop,
    link_workshops,
    set_links,
)
from forum.workshops.actions.calendars import end_address, make_address
from forum.workshops.actions.cancelling import cancel_workshop, restore_workshop
from forum.workshops.actions.closing import close_workshop, reopen_workshop
from forum.workshops.actions.copying import programme_of
from forum.workshops.actions.materials import MATERIAL, add_material, check_material, copy_materials, remove_material
from forum.workshops.actions.plans import SessionPlan, SpeakerPlan, TalkPlan, WorkshopPlan
from forum.workshops.actions.programme import (
    add_session,
    add_talk,
    change_session,
    change_talk,
    check_manager,
    remove_session,
    remove_talk,
)
from forum.workshops.actions.topics import change_audience, start_topic

__all__ = [
    "MATERIAL",
    "add_material",
    "check_material",
    "copy_materials",
    "remove_material",
    "SessionPlan",
    "SpeakerPlan",
    "TalkPlan",
    "WorkshopPlan",
    "add_session",
    "add_talk",
    "add_workshop",
    "cancel_workshop",
    "change_audience",
    "change_session",
    "change_talk",
    "change_workshop",
    "check_manager",
    "close_workshop",
    "end_address",
    "link_workshops",
    "make_address",
    "programme_of",
    "remove_session",
    "remove_talk",
    "reopen_workshop",
    "restore_workshop",
    "set_links",
    "start_topic",
]
