"""Make the pictures of the README: pages of the demonstration in Arabic and English, on a phone and on a desk.

    python tools/pictures.py        run by `make pictures`, with the Python of .venv

A server of its own is started on a fresh copy of the demonstration network, photographed and ended; nothing else is
touched. The same pages make the same pictures, but for their relative times.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402
from tests.serving import Server  # noqa: E402

PICTURES = ROOT / "docs/pictures"
MOST = 1_000_000  # bytes of all pictures together: they travel with every clone
LANGUAGES = {"ar": "ar-JO", "en": "en-GB"}
WIDTHS = {"": (1280, 640), "-phone": (360, 640)}
PAGES = {"topic": "/topics/12?page=3", "home": "/", "workshop": "/workshops/2"}


def main() -> int:
    """Start the demonstration, look at each page, end it; returns 1 when the pictures are too heavy."""
    folder = Path(tempfile.mkdtemp(prefix="multaqa-pictures-"))
    try:
        make_network(folder)
        given = {"MODE": "demo", "DATA_FOLDER": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'multaqa.db'}"}
        with Server(given) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
            PICTURES.mkdir(parents=True, exist_ok=True)
            for language in LANGUAGES:
                for size in WIDTHS:
                    photograph(browser, server.url, language, size)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    weight = sum(path.stat().st_size for path in PICTURES.glob("*.png"))
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in docs/pictures, {weight // 1000} kB together.")
    if weight > MOST:
        print(f"Together they may have {MOST // 1000} kB.", file=sys.stderr)
        return 1
    return 0


def make_network(folder: Path) -> None:
    """The demonstration network, in an empty folder."""
    environment = os.environ | {"MODE": "test", "DATA_FOLDER": str(folder), "DATABASE_URL": ""}
    for command in (["db", "upgrade"], ["demo"]):
        asked = [sys.executable, "-m", "flask", "--app", "forum:create_app", *command]
        subprocess.run(asked, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def photograph(browser: Browser, url: str, language: str, size: str) -> None:
    """The pages as a member sees them."""
    width, height = WIDTHS[size]
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        locale=LANGUAGES[language],
        timezone_id="Asia/Amman",
        color_scheme="light",
        reduced_motion="reduce",
    )
    who = {"email": f"member.{language}@multaqa.example", "password": "demonstration"}
    answer = context.request.post("/api/v1/sessions", data=who, headers={"Origin": url})
    if answer.status != 201:
        raise RuntimeError(f"{who['email']} could not sign in: {answer.text()}")
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(f"/{language}{path}")
        if name == "topic":
            page.wait_for_selector('[data-live-status][data-state="live"]')
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURES / f"{name}-{language}{size}.png", animations="disabled")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
