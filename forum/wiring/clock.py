"""What the clock starts."""

from collections.abc import Callable, Sequence

from forum.accounts.actions import erasing, exporting
from forum.applying import actions as choosing
from forum.core import limits, mail
from forum.files import actions as files
from forum.inquiries import actions as inquiries
from forum.joining.actions import applying, importing, inviting
from forum.members.actions import stepping, suspending, tokens
from forum.records import actions as records
from forum.registering import actions as registering

# (crontab arguments, function)
CLOCK: Sequence[tuple[dict[str, str], Callable[[], None]]] = (
    ({"minute": "7"}, stepping.forget_halves),
    ({"minute": "17"}, limits.forget_old),
    ({"minute": "27"}, mail.forget_letters),
    ({"minute": "37"}, tokens.forget_tokens),
    ({"minute": "47"}, applying.forget_applications),
    ({"minute": "57"}, inviting.forget_invitations),
    ({"minute": "3"}, importing.forget_imports),
    ({"minute": "7"}, exporting.forget_exports),
    ({"minute": "7"}, files.sweep_files),
    ({"minute": "13"}, registering.forget_guests),
    ({"minute": "*"}, suspending.lift_what_is_over),
    ({"minute": "*"}, registering.remind),
    ({"minute": "*"}, registering.remind_of_days),
    ({"minute": "*"}, choosing.close_calls),
    ({"minute": "*"}, inquiries.invite),
    ({"minute": "*"}, inquiries.remind_unanswered),
    ({"minute": "21"}, records.publish_what_is_due),
    ({"minute": "*"}, registering.tell_of_moves),
)

# The same, but each opens its own transactions, because it waits for something outside meanwhile.
ROUNDS: Sequence[tuple[dict[str, str], Callable[[], None]]] = (({"minute": "41", "hour": "2"}, files.remove_strays),)

# Every minute and whenever asked; each opens its own transactions, too.
ERRANDS: Sequence[Callable[[], None]] = (
    mail.post_letters,
    exporting.make_exports,
    importing.carry_lists,
    erasing.do_erasures,
    files.remove_stored,
)
