"""Links of letters that are over: politely, and to where the next letter comes from."""

import re

import pytest

TOKEN = "x" * 43


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("path", "again"),
    [
        ("reset", "/en/reset"),
        ("apply", "/en/apply"),
        ("invitation", "/en/apply"),
        ("email", "/en/settings/email"),
        ("erasure", None),
    ],
)
def test_a_link_that_is_over_leads_to_the_next_letter(client, method, path, again):
    form = {"csrf_token": client.token(), "password": "four words in a row", "display_name": "A"}
    answer = client.open(f"/en/{path}/{TOKEN}", method=method, data=form if method == "POST" else None)
    assert answer.status_code == 410 and "This link is over" in answer.text
    assert asked_again(answer) == again
    assert '<a class="button' in answer.text and 'href="/en/sign-in"' in answer.text
    assert ("A new letter is quickly sent" in answer.text) == (again is not None)
    assert ("If you have used it yourself, all is well" in answer.text) == (again == "/en/apply")


def test_who_is_signed_in_asks_for_the_next_copy(make, sign_in):
    for method in ("GET", "POST"):
        client = sign_in(make.member())
        form = {"csrf_token": client.token()} if method == "POST" else None
        answer = client.open(f"/en/exports/{TOKEN}", method=method, data=form)
        assert answer.status_code == 410 and asked_again(answer) == "/en/settings/data"
        assert 'class="button second"' not in answer.text, "nobody signs in twice"


@pytest.mark.parametrize("language", ["ar", "fr", "tr"])
def test_in_every_language(client, language):
    answer = client.get(f"/{language}/reset/{TOKEN}")
    assert answer.status_code == 410 and f'href="/{language}/reset"' in answer.text
    assert "A new letter" not in answer.text and "This link" not in answer.text


def asked_again(answer) -> str | None:
    """Where a new letter is asked for."""
    found = re.search(r'<a class="button" href="([^"]+)">Ask for a new letter', answer.text)
    return found and found[1]
