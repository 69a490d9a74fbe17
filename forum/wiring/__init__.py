"""The one place that knows every feature: blueprints, who hears of which fact, what the clock starts."""

from flask import Flask

from forum.core import arriving, events, front, jobs, live, mail, pace, personal, site, storage, uploads
from forum.core.db import db
from forum.core.reader import Reader
from forum.core.settings import Settings, current_settings
from forum.files import rules as file_rules
from forum.members import queries as members
from forum.members.actions.photo import PHOTO
from forum.members.models import colour_of, initials
from forum.members.queries import letters
from forum.questionnaires import rules as questionnaire_rules
from forum.topics.fragments import words_of
from forum.topics.queries import reader_at_topic
from forum.topics.queries.cards import know_above
from forum.topics.views.quick import QuickTopic
from forum.wiring.bounds import FILE_SHELVES, FILE_SUBJECTS, FILES_SPARED, PACES, TAKE_FILES, TAKE_LARGE, UNHEARD
from forum.wiring.clock import CLOCK, ERRANDS, ROUNDS
from forum.wiring.faces import APIS, COMMANDS, LINKED, PAGES, QUESTION_SUBJECTS, READER_BRINGS, SOCKETS
from forum.wiring.hearing import AT_ONCE, LATER, TOGETHER
from forum.wiring.persons import PERSONAL
from forum.workshops.queries import place_of

__all__ = ["PERSONAL", "SITE_ZONE", "find_reader", "quick_pages", "wire"]

SITE_ZONE = "Asia/Amman"  # times are printed in it until the page knows its reader's


def find_reader(token: str) -> Reader | None:
    """The member behind a session's token."""
    strict = current_settings().staff_needs_second_step
    return members.find_reader(token, along=READER_BRINGS, strict=strict)


def wire(app: Flask, settings: Settings) -> None:
    """Put the features into the application."""
    know_above(kinds=LINKED, place=place_of)
    app.jinja_env.globals.update(initials=initials, colour_of=colour_of, words_of=words_of)
    for room in (*PAGES, *APIS):
        app.register_blueprint(room.pages)
    for room in COMMANDS:
        app.cli.add_command(room.command)
    queue = jobs.init_app(app, settings, CLOCK, ROUNDS, ERRANDS)
    mail.init_app(app, settings, may_go=[letters.may_go()])
    storage.init_app(app, settings)
    uploads.init_app(app, TAKE_FILES)
    arriving.init_app(app, TAKE_LARGE)
    file_rules.SUBJECTS.update(FILE_SUBJECTS)
    file_rules.LASTING.add(PHOTO)
    file_rules.SPARED[:] = FILES_SPARED
    file_rules.SHELVES[:] = FILE_SHELVES
    questionnaire_rules.SUBJECTS.update(QUESTION_SUBJECTS)
    site.init_app(app, settings.mode)
    personal.init_app(app, PERSONAL)
    pace.init_app(app, settings, routes=PACES, unheard=UNHEARD)
    events.init_app(app, together=TOGETHER, at_once=AT_ONCE, later=LATER, hand_over=queue.hand_over)
    sockets = live.init_app(app, settings, find_open_sessions=members.find_open_sessions)
    for room in SOCKETS:
        room.answer(sockets)


def quick_pages(app: Flask, settings: Settings) -> list[front.Quick]:
    """What is answered before Flask."""
    with app.app_context():
        find = reader_at_topic(db.engine, READER_BRINGS, strict=settings.staff_needs_second_step)
    cookie, forgery = app.config["SIGN_IN_COOKIE"], app.extensions["forgery"]
    return [QuickTopic(settings, forgery, find=find, cookie=cookie, zone=SITE_ZONE)]
