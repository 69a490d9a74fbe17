"""The words with which a question that nobody answered goes on as a topic, in its own language."""

from forum.attending.models import AudienceQuestion
from forum.core.languages import clean_title, speaking
from forum.core.languages import gettext as _
from forum.core.text import shortened
from forum.members.queries.names import display_names
from forum.topics.models import LONGEST_TITLE
from forum.workshops.models import Workshop
from forum.workshops.queries import speakers_of, titles_of

_MARKS = "\\`*_[]<>#|~!"


def words_of_topic(question: AudienceQuestion, workshop: Workshop) -> tuple[str, str]:
    """(title, Markdown): the question as a quotation, to whom it goes, where it was asked. Speakers who are members are
    spoken to, others are named."""
    language = question.language
    with speaking(language):
        quote = "\n".join(f"> {_plain(line)}" for line in question.words.split("\n"))
        event = f"[{_plain(titles_of(workshop.id)[language])}](/workshops/{workshop.id})"
        lines = [quote, _("Asked at %(event)s and not answered there yet.", event=event)]
        if question.talk_id is not None and (speakers := _speakers(question.talk_id, language)):
            lines.append(_("To %(speakers)s", speakers=" · ".join(speakers)))
    title = shortened(clean_title(question.words), LONGEST_TITLE // 2)
    return title, "\n\n".join(lines)


def _speakers(talk_id: int, language: str) -> list[str]:
    speakers = speakers_of(talk_id)
    names = display_names([one["member_id"] for one in speakers if one["member_id"]])
    found = []
    for one in speakers:
        if name := names.get(one["member_id"]):
            found.append(f"@{name}")
        elif name := _told(one["name"], language) or _told(one["role"], language):
            found.append(f"**{_plain(name)}**")
    return found


def _told(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next((text for text in texts.values() if text), "")


def _plain(words: str) -> str:
    """Words in which Markdown sees nothing."""
    return "".join(f"\\{one}" if one in _MARKS else one for one in words)
