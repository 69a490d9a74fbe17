"""Somebody at a browser."""

import time
from typing import Any, Self

from playwright.sync_api import APIResponse, Browser, ConsoleMessage, Error, Page

from tests.making import Member
from tests.serving import Server

PASSWORD = "demonstration"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
PATIENCE = 30_000  # milliseconds: how long a busy machine may take; who waits goes on at once when it is there

# The language of the browser itself: dates and numbers that scripts set follow the page's, not this.
LOCALES = {"ar": "ar-JO", "en": "en-GB", "fr": "fr-FR", "tr": "tr-TR"}

HELD_STILL = """() => {
  const box = document.querySelector("#words"), focus = document.activeElement;
  return {
    words: box.value, caret: [box.selectionStart, box.selectionEnd], focus: focus.id || focus.tagName,
    top: Math.round(box.getBoundingClientRect().top),
  };
}"""


class Arrived:
    """A page, with all that stands on it: after a click the next one may only just have begun to arrive, so whatever is
    asked of it is asked once it is there."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def __getattr__(self, name: str) -> Any:
        self._page.wait_for_load_state("domcontentloaded")
        return getattr(self._page, name)


class Visitor:
    """One browser context: a member (`who`; of the demonstration, the part of the address before the @) or a guest, and
    a language."""

    def __init__(
        self, browser: Browser, server: Server, who: str | Member | None, language: str, **context: Any
    ) -> None:
        self.server, self.language = server, language
        given = {"viewport": DESK, "locale": LOCALES.get(language, "en-GB"), "timezone_id": "Asia/Amman"} | context
        self.context = browser.new_context(base_url=server.url, **given)
        self.context.set_default_timeout(PATIENCE)
        self.expects: tuple[str, ...] = ()
        self._said: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self._said.append(f"{error.page and error.page.url}: {error.error}"))
        if who:
            member = Member(0, f"{who}@multaqa.example", "", PASSWORD) if isinstance(who, str) else who
            answer = self.api("POST", "/sessions", {"email": member.email, "password": member.password})
            assert answer.status == 201, answer.text()
        self.open_window()

    def open_window(self) -> None:
        """A new and empty one, in the same browser; `page` is what stands in it."""
        self.page: Any = Arrived(self.context.new_page())

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self._said.append(f"{message.type}: {message.text} ({where})")

    def complaints(self) -> list[str]:
        """What the browser complained of and the journey did not expect."""
        return [said for said in self._said if not any(part in said for part in self.expects)]

    def api(self, method: str, path: str, body: Any = None) -> APIResponse:
        """A call to the API with this browser's cookies."""
        options: dict[str, Any] = {"method": method, "headers": {"Origin": self.server.url}}
        if body is not None:
            options["data"] = body
        return self.context.request.fetch(f"{self.server.url}/api/v1{path}", **options)

    def open(self, path: str) -> Self:
        """Go to a page in this reader's language."""
        self.page.goto(f"/{self.language}{path}")
        return self

    def open_topic(self, topic_id: int, *, page: int | None = None) -> Self:
        """Go to a topic and wait until it is live."""
        self.open(f"/topics/{topic_id}" + (f"?page={page}" if page else ""))
        return self.wait_for_status("live")

    def wait_for_status(self, state: str, timeout: float = PATIENCE) -> Self:
        """Wait until the small word on the page's head says so."""
        self.page.wait_for_selector(f'[data-live-status][data-state="{state}"]', timeout=timeout, state="attached")
        return self

    def wait_for_post(self, number: int, *, with_words: str = "", timeout: float = PATIENCE) -> Any:
        """Wait until a post stands on the page."""
        post = self.page.locator(f"#post-{number}", has_text=with_words) if with_words else self.post(number)
        post.wait_for(state="attached", timeout=timeout)
        return post

    def until(self, script: str, arg: Any = None, timeout: float = PATIENCE / 1000) -> None:
        """Wait until a script says so. Playwright's own `wait_for_function` polls by eval, which our pages refuse.

        A page that is just being left, or whose part is not there yet, has not said so yet.
        """
        deadline, refused = time.monotonic() + timeout, None
        while True:
            try:
                if self.page.evaluate(script, arg):
                    return
            except Error as error:
                refused = error
            assert time.monotonic() < deadline, f"never: {script} ({refused})"
            self.page.wait_for_timeout(50)

    def post(self, number: int) -> Any:
        """One post of the page."""
        return self.page.locator(f"#post-{number}")

    def held_still(self) -> dict[str, Any]:
        """What must not move while others write: words, caret, focus, place on the screen."""
        return self.page.evaluate(HELD_STILL)

    def send(self) -> None:
        """Press the composer's main button."""
        self.page.click("[data-composer] button:not([type]):not([name])")

    def reply(self, topic_id: int, words: str, **more: Any) -> dict[str, Any]:
        """Reply without opening the page."""
        answer = self.api("POST", f"/topics/{topic_id}/posts", {"words": words, "key": None} | more)
        assert answer.status == 201, answer.text()
        return answer.json()

    def edit(self, post_id: str, words: str) -> None:
        """Put other words in a post, on its own page."""
        self.open(f"/posts/{post_id}/edit")
        self.page.fill("#words", words)
        self.page.click("main form.form button:not([type]):not([name])")
        self.page.wait_for_url("**/topics/*")

    def hide(self, post_id: str, why: str) -> None:
        """Take a post out of sight, on its menu page."""
        self.open(f"/posts/{post_id}/menu")
        self.page.fill("#why", why)
        self.page.click("form[action$='/hiding'] button")
        self.page.wait_for_url("**/topics/*")

    def show(self, post_id: str) -> None:
        """Bring it back."""
        self.open(f"/posts/{post_id}/menu")
        self.page.click("form[action$='/hiding'] button")
        self.page.wait_for_url("**/topics/*")
