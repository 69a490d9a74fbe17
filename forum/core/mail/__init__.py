"""Letters: queued by an action in its own transaction, sent later through SMTP, each once.

`write(…)` greets, and has `queue(…)` write a row and tell `LetterQueued`; `sending.post_letters` sends what is due, at
once and again by the clock, with back-off; what is refused for good stays as a dead letter. Words come in the
recipient's language, rendered without a request; links use BASE_URL alone.
"""

from forum.core.mail.letters import (
    LetterQueued,
    LetterState,
    Secret,
    Words,
    address_of,
    clean_address,
    defanged,
    forget_letters,
    isolated,
    queue,
)
from forum.core.mail.models import PERSONAL, Letter
from forum.core.mail.sending import hurry, init_app, post_letters
from forum.core.mail.writing import Addressee, called, write

__all__ = [
    "PERSONAL",
    "Addressee",
    "Letter",
    "LetterQueued",
    "LetterState",
    "Secret",
    "Words",
    "address_of",
    "called",
    "clean_address",
    "defanged",
    "forget_letters",
    "hurry",
    "init_app",
    "isolated",
    "post_letters",
    "queue",
    "write",
]
