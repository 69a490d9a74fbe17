"""The letter to those who were there or meant to come: the event has its record."""

from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.mail import Addressee, Words, address_of, isolated, write
from forum.workshops.models import Workshop
from forum.workshops.queries import titles_of


def closed(to: Addressee, workshop: Workshop, *, questions: int, is_recorded: bool) -> None:
    """Summary, recommendations and what became of it; `questions` that went on as topics."""

    def say(_site: str) -> Words:
        title = isolated(titles_of(workshop.id)[current_speech().locale])
        heard = [_("Who could not be there finds the recording there, too.")]
        more = [_("Questions that were not answered are open topics now: perhaps you know an answer.")]
        return Words(
            _("What came of it: %(title)s", title=title),
            [
                _(
                    "“%(title)s” has its record: the summary, the recommendations and what became of its aims.",
                    title=title,
                ),
                *(heard if is_recorded else []),
                *(more if questions else []),
            ],
            (_("Read the record"), address_of("workshops.show", workshop_id=workshop.id)),
        )

    write("closed", to, say)
