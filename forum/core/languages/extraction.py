"""The msgids that the sources use, and the .po files that follow them.

Catalogues carry neither dates nor line numbers and are sorted by msgid, so that a change of code changes only the
lines of its own words.
"""

from io import BytesIO
from pathlib import Path
from tokenize import TokenError

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

from forum.core.languages.plurals import FORMULAS, forms_in
from forum.core.languages.speech import LANGUAGES

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
SOURCES = (
    ("forum/**/*.py", "python", {}),
    ("forum/templates/**/*.html", "jinja2", {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}),
    ("forum/templates/**/*.txt", "jinja2", {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}),
)
COMMENTS = ("Translators:",)


def extract(root: Path) -> Catalog:
    """Every msgid under `root`/forum, with the comments for translators."""
    template = Catalog()
    for pattern, method, options in SOURCES:
        for path in sorted(root.glob(pattern)):
            try:
                found = extract_from_file(method, path, KEYWORDS, COMMENTS, options, strip_comment_tags=True)
            except (TokenError, SyntaxError, TemplateSyntaxError) as error:
                raise SystemExit(f"{path} cannot be parsed: {error}") from error
            for _line, msgid, comments, context in found:
                template.add(msgid, auto_comments=comments, context=context)
    return template


def update(template: Catalog, folder: Path, *, drop: bool = False) -> None:
    """Bring the four catalogues under `folder` in step: new msgids empty, unused ones kept as #~ (or dropped)."""
    for language in LANGUAGES:
        path = po_path(folder, language)
        fresh = renewed(
            template, read(path, language) if path.exists() else Catalog(locale=language), language, drop=drop
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        written = as_po(fresh, language)
        if not path.exists() or path.read_bytes() != written:
            path.write_bytes(written)


def renewed(template: Catalog, known: Catalog, language: str, *, drop: bool) -> Catalog:
    """A catalogue with the template's msgids and the known words."""
    fresh = Catalog(locale=language)
    fresh.mime_headers = [("Plural-Forms", FORMULAS[language])]  # or Babel counts Turkish its own way, in one form
    old = {key_of(message): message for message in [*known.obsolete.values(), *known] if message.id}
    for message in template:
        if message.id:
            before = old.pop(key_of(message), None)
            words = before.string if before else None
            comments = list(before.user_comments) if before else []
            fresh.add(
                message.id,
                fitting(words, message, language),
                auto_comments=message.auto_comments,
                user_comments=comments,
                context=message.context,
            )
    if not drop:
        for message in old.values():
            fresh.obsolete[fresh._key_for(message.id, message.context)] = message
    return fresh


def fitting(words: object, message: Message, language: str) -> object:
    """The words where they fit the kind of message (counted or not), else empty ones of the right number."""
    if message.pluralizable:
        count = forms_in(language)
        return words if isinstance(words, tuple) and len(words) == count else ("",) * count
    return words if isinstance(words, str) else ""


def key_of(message: Message) -> tuple[str | None, str, str | None]:
    """What makes two messages the same one: context, msgid, msgid of the plural."""
    if isinstance(message.id, str):
        return message.context, message.id, None
    return message.context, message.id[0], message.id[1]


def compile_all(folder: Path) -> None:
    """Write the .mo beside each .po."""
    for language in LANGUAGES:
        path = po_path(folder, language)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path, language))


def as_po(catalogue: Catalog, language: str | None) -> bytes:
    """The file's bytes: our own short header, then the messages by msgid."""
    body = BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    header = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if language:
        header = [f"Language: {language}", *header, f"Plural-Forms: {FORMULAS[language]}"]
    lines = ['msgid ""', 'msgstr ""', *(f'"{line}\\n"' for line in header), "", ""]
    return "\n".join(lines).encode() + body.getvalue().strip(b"\n") + b"\n"


def read(path: Path, language: str) -> Catalog:
    """One .po file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_path(folder: Path, language: str) -> Path:
    """translations/ar/LC_MESSAGES/messages.po"""
    return folder / language / "LC_MESSAGES" / "messages.po"
