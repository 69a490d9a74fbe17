"""JSON of questions, attendance and reading lists."""

from flask import Blueprint, Response, jsonify, request

from forum.attending import queries
from forum.attending.forms import (
    AudienceQuestionForm,
    HidingForm,
    PlaceForm,
    QuestionAnswerForm,
    QuestionChangeForm,
    QuestionFilter,
    ReadingForm,
)
from forum.attending.shapes import (
    AttendanceShape,
    AudienceQuestionShape,
    ExpectedShape,
    HereShape,
    ReadingShape,
    TalkTopicsShape,
    attendance_shape,
    expected_shape,
    here_shape,
    question_shape,
    reading_shape,
)
from forum.attending.views.asking import add_voice, ask_as_sent, change_as_sent, remove_voice, withdraw_own
from forum.attending.views.attendance import note, note_own, take_off, take_own_back
from forum.attending.views.blueprint import seen_workshop, staffed
from forum.attending.views.deciding import by_answering, by_asking_again, by_hiding, by_letting_in, decide
from forum.attending.views.reading import add_as_sent, make_talk_topics, place, remove
from forum.core.api import AllOf, PageOf, all_of, json_body, list_of
from forum.core.languages import current_speech
from forum.core.openapi import gives
from forum.core.web import current_reader, signed_in_reader

pages = Blueprint("attending_api", __name__, url_prefix="/api/v1/workshops/<id:workshop_id>")


@pages.get("/questions")
@gives(PageOf[AudienceQuestionShape], query=QuestionFilter)
def questions(workshop_id: int) -> Response:
    """What the audience asks, the most seconded first; those that are open, or with `state=answered` those that are
    answered."""
    workshop, filter = seen_workshop(workshop_id), QuestionFilter(request.args)
    page = queries.questions_of(
        workshop.id,
        reader=current_reader(),
        language=current_speech().locale,
        answered=filter.state.data == "answered",
        cursor=request.args.get("cursor"),
    )
    return list_of(page, question_shape)


@pages.post("/questions")
@gives(AudienceQuestionShape, 201, takes=AudienceQuestionForm, refuses={409: None})
def ask(workshop_id: int) -> tuple[Response, int]:
    """Ask, until the event ends; `talk` says to whom."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    return _one(workshop_id, ask_as_sent(workshop, AudienceQuestionForm.of_json(json_body()), reader)), 201


@pages.get("/questions/<id:question_id>")
@gives(AudienceQuestionShape)
def question(workshop_id: int, question_id: int) -> Response:
    """One question."""
    return _one(workshop_id, question_id)


@pages.put("/questions/<id:question_id>")
@gives(AudienceQuestionShape, takes=QuestionChangeForm, refuses={409: None})
def change(workshop_id: int, question_id: int) -> Response:
    """Other words, for its asker, until somebody seconds or answers it."""
    reader, workshop = signed_in_reader(), seen_workshop(workshop_id)
    change_as_sent(workshop, question_id, QuestionChangeForm.of_json(json_body()), reader)
    return _one(workshop_id, question_id)


@pages.delete("/questions/<id:question_id>")
@gives(None, refuses={409: None})
def withdraw(workshop_id: int, question_id: int) -> Response:
    """Take it back, under the same conditions."""
    withdraw_own(workshop_id, question_id)
    return Response(status=204)


@pages.put("/questions/<id:question_id>/voice")
@gives(AudienceQuestionShape, refuses={409: None})
def second(workshop_id: int, question_id: int) -> Response:
    """Second it."""
    add_voice(workshop_id, question_id)
    return _one(workshop_id, question_id)


@pages.delete("/questions/<id:question_id>/voice")
@gives(AudienceQuestionShape, refuses={409: None})
def take_back(workshop_id: int, question_id: int) -> Response:
    """Take the voice back."""
    remove_voice(workshop_id, question_id)
    return _one(workshop_id, question_id)


@pages.put("/questions/<id:question_id>/hiding")
@gives(AudienceQuestionShape, takes=HidingForm)
def hide(workshop_id: int, question_id: int) -> Response:
    """Hide it, for this `reason`; for moderators."""
    staffed(workshop_id)
    form = HidingForm.of_json(json_body())
    decide(workshop_id, question_id, form, by_hiding(form))
    return _one(workshop_id, question_id)


@pages.delete("/questions/<id:question_id>/hiding")
@gives(AudienceQuestionShape)
def let_in(workshop_id: int, question_id: int) -> Response:
    """Let everybody see what was hidden, or waited; for moderators."""
    decide(workshop_id, question_id, None, by_letting_in)
    return _one(workshop_id, question_id)


@pages.put("/questions/<id:question_id>/answer")
@gives(AudienceQuestionShape, takes=QuestionAnswerForm, refuses={409: None})
def answer(workshop_id: int, question_id: int) -> Response:
    """It is answered: in `words`, by the post at `link`, or in the room; for moderators."""
    staffed(workshop_id)
    form = QuestionAnswerForm.of_json(json_body())
    decide(workshop_id, question_id, form, by_answering(form))
    return _one(workshop_id, question_id)


@pages.delete("/questions/<id:question_id>/answer")
@gives(AudienceQuestionShape)
def take_answer_back(workshop_id: int, question_id: int) -> Response:
    """It is not answered, after all; for moderators."""
    decide(workshop_id, question_id, None, by_asking_again)
    return _one(workshop_id, question_id)


def _one(workshop_id: int, question_id: int) -> Response:
    workshop, reader = seen_workshop(workshop_id), current_reader()
    language = current_speech().locale
    return jsonify(question_shape(queries.get_question_row(workshop.id, question_id, reader=reader, language=language)))


# Who is here


@pages.get("/attendance/mine")
@gives(HereShape)
def here(workshop_id: int) -> Response:
    """How many are here, and whether the reader is."""
    return jsonify(here_shape(queries.here_and_own(seen_workshop(workshop_id).id, current_reader())))


@pages.put("/attendance/mine")
@gives(HereShape, refuses={409: None})
def arrive(workshop_id: int) -> Response:
    """I am here: from half an hour before the event until two hours after it."""
    note_own(workshop_id)
    return here(workshop_id)


@pages.delete("/attendance/mine")
@gives(HereShape, refuses={409: None})
def leave(workshop_id: int) -> Response:
    """That was a mistake."""
    take_own_back(workshop_id)
    return here(workshop_id)


@pages.get("/attendance")
@gives(PageOf[AttendanceShape], guests=False)
def attendance(workshop_id: int) -> Response:
    """Who was there, the first first; for moderators."""
    workshop = staffed(workshop_id)
    page = queries.attended(workshop.id, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, attendance_shape)


@pages.get("/attendance/expected")
@gives(PageOf[ExpectedShape], guests=False)
def expected(workshop_id: int) -> Response:
    """Who registered and is not on the list; for moderators."""
    workshop = staffed(workshop_id)
    page = queries.expected(workshop.id, current_speech().locale, cursor=request.args.get("cursor"))
    return list_of(page, expected_shape)


@pages.put("/attendance/members/<id:member_id>")
@gives(None)
def note_member(workshop_id: int, member_id: int) -> Response:
    """A member was there; for moderators."""
    note(workshop_id, member_id=member_id)
    return Response(status=204)


@pages.delete("/attendance/members/<id:member_id>")
@gives(None)
def take_off_member(workshop_id: int, member_id: int) -> Response:
    """They were not; for moderators."""
    take_off(workshop_id, member_id=member_id)
    return Response(status=204)


@pages.put("/attendance/registrations/<id:registration_id>")
@gives(None)
def note_guest(workshop_id: int, registration_id: int) -> Response:
    """Somebody who registered was there, a guest or a member; for moderators."""
    note(workshop_id, registration_id=registration_id)
    return Response(status=204)


@pages.delete("/attendance/registrations/<id:registration_id>")
@gives(None)
def take_off_guest(workshop_id: int, registration_id: int) -> Response:
    """They were not; for moderators."""
    take_off(workshop_id, registration_id=registration_id)
    return Response(status=204)


# What to read, and where to go on


@pages.get("/reading")
@gives(AllOf[ReadingShape])
def reading(workshop_id: int) -> Response:
    """What to read for the event, in order."""
    workshop, reader = seen_workshop(workshop_id), current_reader()
    return all_of(map(reading_shape, queries.reading_of(workshop.id, reader=reader, language=current_speech().locale)))


@pages.post("/reading")
@gives(AllOf[ReadingShape], 201, takes=ReadingForm)
def add_reading(workshop_id: int) -> tuple[Response, int]:
    """Put one more at the end; a topic or post of this forum needs no title. For moderators."""
    add_as_sent(staffed(workshop_id), ReadingForm.of_json(json_body()))
    return reading(workshop_id), 201


@pages.delete("/reading/<id:entry_id>")
@gives(None)
def remove_reading(workshop_id: int, entry_id: int) -> Response:
    """Take one away; for moderators."""
    remove(workshop_id, entry_id)
    return Response(status=204)


@pages.put("/reading/<id:entry_id>/place")
@gives(AllOf[ReadingShape], takes=PlaceForm)
def place_reading(workshop_id: int, entry_id: int) -> Response:
    """Let it be the first (1), the second, …; for moderators."""
    staffed(workshop_id)
    place(workshop_id, entry_id, PlaceForm.of_json(json_body()))
    return reading(workshop_id)


@pages.put("/talk-topics")
@gives(TalkTopicsShape)
def start_talk_topics(workshop_id: int) -> Response:
    """Start a topic for each talk that has none; for moderators. Sent twice, nothing is there twice."""
    return jsonify({"topics": make_talk_topics(workshop_id)})
