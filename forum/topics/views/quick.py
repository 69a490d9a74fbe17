"""The topic page for members before Flask: one statement, a page from memory, the viewer's own in its holes.

It answers only what `topic.show` has drawn before and would draw again; at the least doubt it steps aside.
"""

import re
from typing import Any

from werkzeug.sansio.http import parse_cookie

from forum.core.forgery import Forgery
from forum.core.frame import TOKEN_HERE, kept_viewer_part
from forum.core.front import Answer
from forum.core.languages import Speech
from forum.core.languages.speech import DEFAULT_REGION
from forum.core.reader import Reader
from forum.core.settings import Settings
from forum.core.web import READER, headers_for, saves_data
from forum.members.actions import is_stale
from forum.topics import rules
from forum.topics.queries import ReaderAtTopic, TopicSeen, page_of_position
from forum.topics.views.memory import fill, key_of, pages

_address = re.compile(r"/(ar|en|fr|tr)/topics/([1-9][0-9]{0,17})(?:-(.*))?")
_page = re.compile(r"page=([1-9][0-9]{0,8})")


class QuickTopic:
    """Answers `GET /<language>/topics/<id>` of members from memory. `find` reads reader and topic in one statement."""

    def __init__(self, settings: Settings, forgery: Forgery, *, find: ReaderAtTopic, cookie: str, zone: str) -> None:
        self.hosts = settings.hosts
        self.headers = headers_for(settings)
        self.forgery = forgery
        self.find = find
        self.cookie = cookie
        self.zone = zone

    def __call__(self, environ: dict[str, Any]) -> Answer | None:
        """The page, or None: Flask may know better."""
        asked = _address.fullmatch(environ["PATH_INFO"])
        query = environ.get("QUERY_STRING", "")
        page = _page.fullmatch(query) if query else None
        if asked is None or (query and page is None) or environ.get("HTTP_HOST") not in self.hosts:
            return None
        cookies = parse_cookie(environ.get("HTTP_COOKIE"))
        token = cookies.get(self.cookie)
        found = self.find(token, int(asked[2])) if token and "flash" not in cookies else None
        if found is None:
            return None
        reader, topic = found
        slug = asked[3] and asked[3].encode("latin-1").decode("utf-8", "replace")
        if not rules.may_read(reader, topic):
            return None  # and Flask asks as often as for a topic that is not there
        environ[READER] = token, reader  # if Flask must answer, it need not ask again who this is
        if topic.held or is_stale(reader) or reader.owes_second_step or (slug is not None and slug != topic.slug):
            return None
        saves = saves_data(reader, {"Save-Data": environ.get("HTTP_SAVE_DATA", "")})
        return self._answer(reader, topic, int(page[1]) if page else 1, asked[1], saves=saves)

    def _answer(self, reader: Reader, topic: TopicSeen, page: int, language: str, *, saves: bool) -> Answer | None:
        speech = Speech(language, reader.digits, reader.zone or self.zone, reader.region or DEFAULT_REGION)
        drawn = pages.get(key_of(topic, page, reader, speech))
        viewer = kept_viewer_part(reader, speech)
        if drawn is None or viewer is None or page > page_of_position(topic.last_position):
            return None
        token = self.forgery.token(reader)
        viewer = viewer.replace(TOKEN_HERE.encode(), token.encode())
        body = fill(drawn, topic, reader, viewer=viewer, token=token, saves=saves)
        return Answer(self.headers, body)
