"""What a catalogue must be before it is shown to anybody; `pybabel compile` accepts nearly anything (LANGUAGES 10)."""

import re
from collections import Counter
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from forum.core.languages.extraction import key_of
from forum.core.languages.plurals import EXACT, FORMULAS, forms_in

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_BAD_PERCENT = re.compile(r"%(?!\(\w+\)s|%)")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ENTITY = re.compile(r"&(?:\w+|#\d+);")
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")
_LETTER = re.compile(r"[^\W\d_]")
_SUFFIX = re.compile(r"%\(\w+\)s(?:</\w+>)*['’]?[^\W\d_]")
_TIME = re.compile(r"\d:\d")
_NARROW = "\u202f"


def check(catalogue: Catalog, language: str, template: Catalog, same: frozenset[str] = frozenset()) -> list[str]:
    """The problems of one catalogue, each a line for a person; empty when it is good.

    `template` holds the msgids that the sources use; `same` the msgids that may be left as they are in this language.
    """
    problems = list(_header_problems(catalogue, language))
    known = {key_of(message): message for message in catalogue if message.id}
    used = {key_of(message): message for message in template if message.id}
    for key in sorted(used.keys() - known.keys(), key=str):
        problems.append(f"{language}: missing (run update): {key[1]!r}")
    for key in sorted(known.keys() - used.keys(), key=str):
        problems.append(f"{language}: no longer used (run update): {key[1]!r}")
    for key in sorted(known.keys() & used.keys(), key=str):
        problems.extend(f"{language}: {problem}: {key[1]!r}" for problem in _problems(known[key], language, same))
    return problems


def _header_problems(catalogue: Catalog, language: str) -> Iterator[str]:
    if f"{catalogue.plural_forms.rstrip(';')};" != _as_babel_writes(FORMULAS[language]):
        yield f"{language}: Plural-Forms must be {FORMULAS[language]!r}, not {catalogue.plural_forms!r}"


def _as_babel_writes(formula: str) -> str:
    count, _, expression = formula.rstrip(";").partition("; plural=")
    return f"{count}; plural={expression};"


def _problems(message: Message, language: str, same: frozenset[str]) -> Iterator[str]:
    if message.fuzzy:
        yield "fuzzy"
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    for msgid in ids:
        if "%(" in msgid and _BAD_PERCENT.search(msgid):
            yield "a placeholder must be written %(name)s, a lone % as %%"
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    if len(ids) == 2 and len(strings) != forms_in(language):
        yield f"{len(strings)} plural forms instead of {forms_in(language)}"
        return
    if not all(strings):
        # English is its own translation; it may still be given other words, all forms or none.
        if language != "en" or any(strings):
            yield "not translated"
        return
    for form, words in enumerate(strings):
        counted = len(ids) == 2
        msgid = ids[-1] if counted else ids[0]
        yield from _placeholder_problems(msgid, words, counted and form in EXACT[language])
        yield from _markup_problems(msgid, words)
        yield from _copy_problems(msgid, words, language)
        if language != "en" and words in ids and words not in same and _LETTER.search(_bare(words)):
            yield "the same as in English (if that is right, name it in translations/same.txt)"


def _placeholder_problems(msgid: str, words: str, number_may_go: bool) -> Iterator[str]:
    wanted, found = set(_PLACEHOLDER.findall(msgid)), set(_PLACEHOLDER.findall(words))
    if wanted and _BAD_PERCENT.search(words):
        yield "a broken placeholder"
    missing = wanted - found - ({"num"} if number_may_go else set())
    if missing:
        yield f"without %({sorted(missing)[0]})s"
    if found - wanted:
        yield f"%({sorted(found - wanted)[0]})s is not in the msgid"


def _markup_problems(msgid: str, words: str) -> Iterator[str]:
    if Counter(_TAG.findall(msgid)) != Counter(_TAG.findall(words)):
        yield "other markup than the msgid"
    if msgid[:1].isspace() != words[:1].isspace() or msgid[-1:].isspace() != words[-1:].isspace():
        yield "other white space at an end than the msgid"


def _copy_problems(msgid: str, words: str, language: str) -> Iterator[str]:
    bare = _bare(words)
    if _SUFFIX.search(words):
        yield "letters glued to a placeholder"
    if language == "ar":
        if re.search("[,;?]", bare):
            yield "Latin punctuation; Arabic has ، ؛ ؟"
        if _LETTER.search(_bare(msgid)) and words != msgid and not re.search("[\u0620-\u064a]", bare):
            yield "no Arabic letters"
    if language == "fr":
        yield from _french_problems(bare)


def _french_problems(bare: str) -> Iterator[str]:
    text = _TIME.sub("", bare)
    for place, sign in enumerate(text):
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if sign in ";:!?»" and place and before not in (_NARROW, *";:!?"):
            yield f"a narrow no-break space (U+202F) is missing before {sign}"
        if sign == "«" and after != _NARROW:
            yield "a narrow no-break space (U+202F) is missing after «"
    if '"' in text or re.search(r"[“”]", text):
        yield "French quotes are « »"


def _bare(words: str) -> str:
    """The words alone. A placeholder leaves a letterless mark, so that what stands before a sign is still seen."""
    text = _ADDRESS.sub(" ", _TAG.sub("", words))
    return _ENTITY.sub("", _PLACEHOLDER.sub("_", text))
