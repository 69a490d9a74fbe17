"""Write docs/rights.md: who may do what, at every address and socket event.

    python tools/rights.py        run by `make rights`, with the Python of .venv

It says what the tables RIGHTS and EVENTS of tests/test_rights.py say. The tests ask every address and every event as
every kind of reader, so what stands there is what the forum does; they also fail when the page is older
than the tables.
"""

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.test_rights import EVENTS, RIGHTS, ROLES, Rights  # noqa: E402

PAGE = ROOT / "docs/rights.md"
HEAD = """# Who may do what

Made by `make rights` from the tables of `tests/test_rights.py`, where every line is tried as every kind of reader.

Each cell has two answers: for what is public, written by `member`, and for what is in a private space, written by
`group`. One answer stands for both where they are the same.

- **yes**: it is done or shown. **sign in**: members only. **no**: refused. **absent**: as if it were not there.
- `member` and `outsider` belong to no private space, `group` does; moderators, managers and admins see no private space
  that they do not belong to. A suspended member is a guest.
"""
WORDS = {401: "sign in", 403: "no", 404: "absent"}


def main() -> int:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")
    return 0


def page() -> str:
    """The whole page."""
    pages = {name: entry.rights for name, entry in RIGHTS.items() if "/api/v1/" not in name}
    calls = {name: entry.rights for name, entry in RIGHTS.items() if "/api/v1/" in name}
    parts = [HEAD, *_chapter("Pages", pages), *_chapter("API", calls)]
    return "\n".join([*parts, "## Socket events", "", *_table(list(EVENTS.items()))]) + "\n"


def _chapter(title: str, rights: dict[str, Rights]) -> list[str]:
    lines = [f"## {title}", ""]
    ordered = sorted(rights.items(), key=lambda one: (_noun(one[0]), _path(one[0]), one[0]))
    for noun, rows in groupby(ordered, key=lambda one: _noun(one[0])):
        lines += [f"### {noun or 'front'}", "", *_table(list(rows)), ""]
    return lines


def _table(rows: list[tuple[str, Rights]]) -> list[str]:
    lines = ["| | " + " | ".join(ROLES) + " |", "|---" * (len(ROLES) + 1) + "|"]
    return lines + [f"| {_said(name)} | " + " | ".join(_cells(rights)) + " |" for name, rights in rows]


def _cells(rights: Rights) -> list[str]:
    every = {status for side in rights.values() for status in side.values()}
    if len(every) == 1:
        return ["yes" for _role in ROLES]  # no door: whatever is answered, everybody is answered alike
    both = [(_word(rights["public"][role]), _word(rights["private"][role])) for role in ROLES]
    return [public if public == private else f"{public} / {private}" for public, private in both]


def _word(status: int) -> str:
    return WORDS.get(status, "yes")


def _path(name: str) -> str:
    return name.split(" ", 1)[1].replace("/<language:language>", "").removeprefix("/api/v1")


def _noun(name: str) -> str:
    return _path(name).strip("/").split("/")[0]


def _said(name: str) -> str:
    if " " not in name:
        return f"`{name}`"
    path = (
        name.split(" ", 1)[1].replace("<language:language>", "<language>").replace("<id:", "<").replace("<path:", "<")
    )
    return f"{name.split(' ', 1)[0]} `{path}`"


if __name__ == "__main__":
    sys.exit(main())
