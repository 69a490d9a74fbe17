"""JSON: whom somebody may mean who types an @ and the beginning of a name."""

from flask import Response, request

from forum.core.api import AllOf, all_of
from forum.core.languages import clean_line, current_speech, fold
from forum.core.openapi import gives
from forum.core.web import signed_in_reader
from forum.members.queries import names as members
from forum.municipalities import queries as municipalities
from forum.topics.actions.mentions import MODERATORS
from forum.topics.api.blueprint import pages
from forum.topics.shapes.marks import MentionableShape

MOST_MEMBERS, MOST_MUNICIPALITIES = 5, 3
LONGEST = 60  # characters


@pages.get("/mentions")
@gives(AllOf[MentionableShape], query={"q": str}, guests=False)
def mentions() -> Response:
    """Whom one may mean by `q`, two letters or more in either script and spelling: members, municipalities, the
    moderators. `name` is what stands behind the @."""
    signed_in_reader()
    asked, language = clean_line(request.args.get("q", "").replace("\x00", ""))[:LONGEST], current_speech().locale
    if len(asked) < 2:
        return all_of([])
    found: list[MentionableShape] = [
        {"kind": "member", "id": row.id, "name": row.display_name, "about": row.municipality or ""}
        for row in members.directory(language, name=asked).items[:MOST_MEMBERS]
    ]
    found += [
        {"kind": "municipality", "id": row.id, "name": row.name, "about": ""}
        for row in municipalities.called(asked, language, most=MOST_MUNICIPALITIES)
    ]
    if any(fold(name).startswith(fold(asked)) for name in MODERATORS.values()):
        found.append({"kind": "moderators", "id": 0, "name": MODERATORS[current_speech().language], "about": ""})
    return all_of(found)
