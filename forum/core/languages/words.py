"""`python -m forum.core.languages.words extract|update|compile|check`: the care of the interface's words.

extract   write translations/messages.pot (for translators' tools; not kept in git)
update    bring the four .po files in step with the sources; `--drop` forgets words that are no longer used
compile   write the .mo beside each .po
check     exit 1 with a list of everything that is missing or wrong
"""

import argparse
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from forum.core.languages.checking import check
from forum.core.languages.extraction import as_po, compile_all, extract, po_path, read, update
from forum.core.languages.speech import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code."""
    parser = argparse.ArgumentParser(prog="words", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=("extract", "update", "compile", "check"))
    parser.add_argument("--drop", action="store_true", help="with update: forget words that are no longer used")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    chosen = parser.parse_args(arguments)
    folder = chosen.root / "translations"
    if chosen.command == "compile":
        compile_all(folder)
        return 0
    template = extract(chosen.root)
    if chosen.command == "extract":
        (folder / "messages.pot").write_bytes(as_po(template, None))
    elif chosen.command == "update":
        update(template, folder, drop=chosen.drop)
    else:
        return _report(check_all(template, folder))
    return 0


def check_all(template: Catalog, folder: Path) -> list[str]:
    """The problems of the four catalogues."""
    same = allowed_same(folder / "same.txt")
    problems: list[str] = []
    for language in LANGUAGES:
        path = po_path(folder, language)
        if path.exists():
            problems += check(read(path, language), language, template, same[language])
        else:
            problems.append(f"{language}: {path} does not exist")
    return problems


def allowed_same(path: Path) -> dict[str, frozenset[str]]:
    """Lines such as `fr: Notifications` or `*: API`; blank lines and # comments are skipped."""
    allowed: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in lines:
        language, separator, msgid = line.partition(": ")
        if separator and not line.startswith("#"):
            for each in LANGUAGES if language == "*" else (language,):
                allowed[each].add(msgid)
    return {language: frozenset(msgids) for language, msgids in allowed.items()}


def _report(problems: list[str]) -> int:
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "The catalogues are good.", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
