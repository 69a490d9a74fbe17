"""A topic about the answers to a question: its chart in words, where the survey's people talk."""

from sqlalchemy import Row

from forum.core import clock
from forum.core.db import db
from forum.core.errors import Conflict, Forbidden, NotFound
from forum.core.languages import format_number
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.inquiries import queries, rules
from forum.inquiries.models import SurveyTopic
from forum.inquiries.queries import Item
from forum.topics.actions import start_topic as start_plain_topic
from forum.topics.models import LONGEST_TITLE
from forum.workshops.actions import start_topic as start_in_workshop
from forum.workshops.queries import get_workshop


def start_topic(survey: Row, question_id: int, *, by: Reader, language: str) -> int:
    """The id of the topic; a second press finds the first one's. Raises NotFound where nothing may be shown."""
    if not rules.may_manage_surveys(by):
        raise Forbidden
    held = queries.get_row(survey.id)  # two presses take turns
    if not rules.is_closed(held, clock.now()):
        raise Conflict(_("The results are shown once the survey is closed."))
    if (there := db.session.get(SurveyTopic, (survey.id, question_id))) is not None:
        return there.topic_id
    items = [one for one in queries.results_of(survey, by, language).items if one.question.id == question_id]
    items = [one for one in items if one.everybody is not None]
    if not items:
        raise NotFound
    question = items[0].question
    title = question.words if len(question.words) <= LONGEST_TITLE else f"{question.words[: LONGEST_TITLE - 1]}…"
    said = {"author": by, "title": title, "words": _words(survey, items), "language": question.language}
    if survey.workshop_id is not None:
        done = start_in_workshop(get_workshop(survey.workshop_id, reader=by, language=language), **said)
    else:
        done = start_plain_topic(space_id=survey.space_id, **said)
    db.session.add(SurveyTopic(survey_id=survey.id, question_id=question_id, topic_id=done.id))
    return done.id


def _words(survey: Row, items: list[Item]) -> str:
    """In Markdown, with a link to the chart."""
    lines = []
    for item in items:
        everybody = item.everybody
        assert everybody is not None, "those are left out"
        if item.row:
            lines += [f"**{_plain(item.row.words)}**", ""]
        lines += [
            f"- {_plain(cell.words)}: {format_number(cell.count)} ({format_number(round(cell.share))} %)"
            for cell in everybody.cells
        ]
        if everybody.mean is not None:
            lines.append(f"- {_('Average')}: {format_number(everybody.mean, 1)}")
        lines += ["", _("Answers: %(num)s", num=format_number(everybody.size)), ""]
    link = f"/surveys/{survey.id}/results#{items[0].name}"
    return "\n".join([*lines, f"[{_plain(survey.title)}]({link})"])


def _plain(words: str) -> str:
    """Words in which Markdown sees nothing."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|~!" else one for one in words)
