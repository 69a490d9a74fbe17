"""Waiting for a letter: it goes by itself within a moment. The open survey of the demonstration writes to its members
too, at its own time; whoever does not look for that sees the others."""

from playwright.sync_api import Page

from tests.post_office import PostOffice, Received


def letter_to(office: PostOffice, email: str, page: Page, *, path: str = "", number: int = 1) -> Received:
    """The `number`th letter to this address with this in it."""
    for _ in range(300):
        found = [letter for letter in personal(office) if letter.to == email and path in letter.text]
        if len(found) >= number:
            return found[number - 1]
        page.wait_for_timeout(50)
    said = [(letter.to, letter.subject) for letter in office.letters]
    raise AssertionError(f"no letter number {number} to {email} with {path!r}; there are {said}")


def personal(office: PostOffice) -> list[Received]:
    """What has come but those about the survey."""
    return [letter for letter in office.letters if "/surveys/" not in letter.text]
