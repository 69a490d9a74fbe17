"""What somebody asks on the form by which they register stands among the questions, without a name."""

from forum.attending import queries
from forum.attending.actions.asking import text_columns
from forum.attending.actions.telling import changed
from forum.attending.models import AskedState, AudienceQuestion
from forum.core.db import db
from forum.core.languages import has_visible
from forum.members.queries import reader_for
from forum.registering.events import RegistrationChanged
from forum.registering.models import Registration
from forum.topics.actions.holding import must_wait


def take_question(happened: RegistrationChanged) -> None:
    """Together: the question of a registration is one of the event's, as it is said now. What others have seconded or
    a speaker has answered stays beside it as it was, and so does what was asked with a registration that is gone. Of
    guests a moderator sees it first."""
    registration = db.session.get_one(Registration, happened.registration_id)
    asked = queries.of_registration(registration.id)
    for one in asked:
        one.asker_id = registration.member_id  # who registered as a guest may have become a member
    words = registration.question
    same = next((one for one in asked if one.words == words and one.state != AskedState.WITHDRAWN), None)
    if same is None and (same := queries.find_left_behind(registration, words)) is not None:
        same.registration_id = registration.id
    if same is not None:
        _set(same, talk_id=registration.talk_id)
        return
    free = next((one for one in asked if one.seconds == 0 and one.answered_at is None), None)
    if not has_visible(words):
        if free is not None and free.state != AskedState.WITHDRAWN:
            _set(free, state=AskedState.WITHDRAWN)
        return
    columns = text_columns(words, language=None, usual=registration.language)
    if free is None:
        free = AudienceQuestion(
            workshop_id=registration.workshop_id,
            registration_id=registration.id,
            with_registration=True,
            asker_id=registration.member_id,
            state=_first_state(registration),
            created_at=registration.changed_at,
        )
    elif free.state == AskedState.WITHDRAWN:
        columns["state"] = _first_state(registration)
    _set(free, talk_id=registration.talk_id, **columns)


def _first_state(registration: Registration) -> AskedState:
    unknown = registration.member_id is None or must_wait(reader_for(registration.member_id))
    return AskedState.WAITING if unknown else AskedState.SHOWN


def _set(question: AudienceQuestion, **columns: object) -> None:
    before = {name: getattr(question, name) for name in columns}
    for name, value in columns.items():
        setattr(question, name, value)
    if question.id is None or before != columns:
        db.session.add(question)
        db.session.flush()
        changed(question)
