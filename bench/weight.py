"""The first visit to a topic of twenty posts in a browser: bytes over the wire by kind, without images."""

import argparse
from collections import Counter
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench._loading import load
from bench._report import Report
from bench._serving import Server, folder
from tests import services

MOST = 60_000  # bytes
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
SETTLED = 3.0  # seconds after loading, in which scripts fetch what they need


def visit(browser: Browser, url: str) -> tuple[Counter[str], Counter[str]]:
    """(bytes, requests) by kind of a first visit, headers of the answers included."""
    context = browser.new_context()
    page = context.new_page()
    watching = context.new_cdp_session(page)
    watching.send("Network.enable")
    kinds: dict[str, str] = {}
    size: Counter[str] = Counter()
    number: Counter[str] = Counter()

    def answered(event: Any) -> None:
        kinds[event["requestId"]] = event["type"]

    def finished(event: Any) -> None:
        kind = kinds.get(event["requestId"], "Other")
        size[kind] += event["encodedDataLength"]
        number[kind] += 1

    watching.on("Network.responseReceived", answered)
    watching.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED * 1000)
    if not page.locator("article.post").count() == 20:
        raise RuntimeError(f"{url} does not show twenty posts")
    context.close()
    return size, number


def main() -> None:
    """Measure."""
    options = argparse.ArgumentParser(prog="make bench NAME=weight", description=__doc__)
    options.add_argument("--language", nargs="+", default=["en", "ar"])
    asked = options.parse_args()
    report = Report("First visit to a topic of 20 posts, as a guest, in Chromium")
    with folder() as at:
        url = f"sqlite:///{at / 'forum.db'}"
        loaded = load(url, at)
        with Server(at / "forum", "wsgi.py", DATABASE_URL=url) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=services.chromium(), args=list(FLAGS))
            for language in asked.language:
                size, number = visit(browser, f"{server.origin}/{language}/topics/{loaded.long[0]}")
                rows = [(kind, f"{size[kind]:,}", str(number[kind])) for kind in sorted(size)]
                rows.append(("all", f"{sum(size.values()):,}", str(sum(number.values()))))
                report.table((f"In {language}", "bytes", "requests"), rows)
                report.bar(f"bytes in {language}", sum(size.values()), most=MOST)
                report.bar(f"bytes of fonts in {language}", size["Font"], most=0)
            browser.close()
    report.end()


if __name__ == "__main__":
    main()
