"""Every write to records."""

from forum.records.actions.correcting import accept, correct, decline
from forum.records.actions.keeping import check_begun, keep_record, publish, publish_what_is_due, remove_record

__all__ = [
    "accept",
    "correct",
    "decline",
    "check_begun",
    "keep_record",
    "publish",
    "publish_what_is_due",
    "remove_record",
]
