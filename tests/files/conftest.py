"""What the tests of files share."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests import samples
from tests.asking import Client
from tests.making import Making, Member

Upload = Callable[..., TestResponse]


@pytest.fixture
def upload() -> Upload:
    """`upload(client, content, name)`: by the API."""

    def upload(client: Client, content: bytes, name: str = "a.txt", **more: Any) -> TestResponse:
        language = more.pop("language", "en")
        return client.post(f"/api/v1/files?language={language}", **samples.multipart(content, name, **more))

    return upload


@pytest.fixture
def member(make: Making) -> Member:
    """Who uploads."""
    return make.author()


@pytest.fixture
def client(sign_in: Callable[..., Client], member: Member) -> Client:
    """At a browser."""
    return sign_in(member)
