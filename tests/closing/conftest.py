"""What the tests of recordings share."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from forum.closing.models import Recording
from forum.core.db import db
from forum.core.storage import arrivals, current_storage
from tests import samples

HandIn = Callable[..., TestResponse]


@pytest.fixture
def hand_in() -> HandIn:
    """`hand_in(client, workshop, content, name)`: by the API."""

    def hand_in(client, workshop, content=None, name="talk.mp3", *, language="en", **more) -> TestResponse:
        sent = samples.multipart(samples.mp3() if content is None else content, name)
        path = f"/api/v1/workshops/{workshop.id}/recording?language={language}"
        return client.put(path, **sent | more)

    return hand_in


@pytest.fixture
def hand_in_form() -> HandIn:
    """The same with the closing form as a browser without scripts sends it: `said` comes before the file."""

    def hand_in(client, workshop, content=None, name="talk.mp3", *, language="en", said=None, **more) -> TestResponse:
        fields = {"csrf_token": client.token(), "_method": "PUT", **(said or {})}
        content = samples.mp3() if content is None else content
        fields["file"] = FileStorage(io.BytesIO(content), filename=name)
        boundary, data = encode_multipart(fields)
        kind = f"multipart/form-data; boundary={boundary}"
        path = f"/{language}/workshops/{workshop.id}/recording?_method=PUT"
        return client.post(path, **{"data": data, "content_type": kind} | more)

    return hand_in


@pytest.fixture
def nothing_kept(app) -> Callable[..., bool]:
    """Is there no row, no half file, and in the folder no byte of a recording?"""

    def check(app=app) -> bool:
        with app.app_context():
            rows = db.session.scalar(select(func.count()).select_from(Recording))
            folder = arrivals()
            storage = current_storage()
            kept = list(storage.folder.glob("??/*")) if hasattr(storage, "folder") else []
            return rows == 0 and not list(folder.glob("*")) and not kept

    return check
