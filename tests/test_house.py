"""The rules of the house, kept by a machine: who may know whom, where things are, what is never written.

A rule that makes the code worse is changed here for the whole house, with a decision record; never for one room.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from forum.core.db import db
from forum.core.personal import Erased
from forum.wiring import PERSONAL

ROOT = Path(__file__).resolve().parents[1]
FORUM = ROOT / "forum"
TEMPLATES = FORUM / "templates"
STATIC = FORUM / "static"

# The floors. Features from the lowest to the highest; what is not built yet has its place already.
# fmt: off
FEATURES = (
    "files", "municipalities", "members", "accounts", "joining", "spaces", "following", "drafts", "holding", "topics",
    "surveys", "questionnaires", "workshops", "pads", "registering", "applying", "attending", "inquiries", "agenda",
    "records", "closing", "handovers", "library", "translating", "search", "moderation", "curation", "notifications",
)
# fmt: on
TOP = ("home", "feeds", "admin", "demo")  # faces and demonstration only: they know the domain, nobody knows them
DOMAIN = (
    "events",
    "models",
    "rules",
    "passwords",
    "codes",
    "passkeys",
    "queries",
    "mailings",
    "actions",
    "personal",
)
FACES = ("fragments", "shapes", "forms", "views", "api", "live", "feeds", "admin", "cli")
SECRETS = {"passwords", "codes", "passkeys"}  # how members show who they are
EXTRA = {
    "members": SECRETS,
    "demo": {
        *("asking", "choosing", "discussing", "ending", "making", "noting", "recording", "requesting"),
        *("starting", "surveying"),
    },
}

LONGEST_FILE = 300  # lines; a style sheet is one for each feature, however long
NO_NAMES = {"util", "helper", "common", "manager", "base", "service", "handler"}
TRANSACTIONS = {  # besides faces
    "forum/joining/actions/importing/carrying.py",
    "forum/core/jobs.py",
    "forum/core/mail/sending.py",
    "forum/demo/making.py",
    "forum/accounts/actions/erasing.py",
    "forum/accounts/actions/exporting.py",
    "forum/files/actions/removing.py",
}

# Where HTML that is not ours by template becomes markup. Each hands on what core/text has cleaned, or escaped words.
MARKUP = {
    "forum/core/assets.py",
    "forum/core/languages/application.py",
    "forum/topics/fragments.py",
    "forum/topics/views/memory.py",
    "forum/topics/views/printing.py",
    "forum/topics/views/topic.py",
    "forum/topics/views/replying.py",
    "forum/topics/views/post.py",
}
INNER_HTML = {"_fragment.js"}  # the module that puts the server's own clean fragments into the page


@dataclass(frozen=True)
class Module:
    """A Python file and what it is in the house."""

    path: Path

    @property
    def name(self) -> str:
        """Its place from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def dotted(self) -> tuple[str, ...]:
        """forum, topics, actions, posting."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" else parts

    @property
    def tree(self) -> ast.Module:
        """What it says."""
        return _parsed(self.path)

    @property
    def imports(self) -> list[tuple[str, ...]]:
        """Every module of ours that it imports, as far as the file names it."""
        found = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [tuple(alias.name.split(".")) for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                module = tuple(node.module.split("."))
                found += [(*module, a.name) if _is_module((*module, a.name)) else module for a in node.names]
        return [one for one in found if one[0] == "forum"]


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def _is_module(parts: tuple[str, ...]) -> bool:
    path = ROOT.joinpath(*parts)
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def modules() -> list[Module]:
    """All of the forum."""
    return [Module(path) for path in sorted(FORUM.rglob("*.py"))]


def feature_and_room(parts: tuple[str, ...]) -> tuple[str, str]:
    """("topics", "actions") of forum.topics.actions.posting; ("core", …); ("wiring", "") and ("", "") for the top."""
    feature = parts[1] if len(parts) > 1 else ""
    return feature, parts[2] if len(parts) > 2 else ""


def floor(parts: tuple[str, ...]) -> tuple[int, int]:
    """How high a module stands: core, the domain of the features, faces, wiring, create_app; then its own floor."""
    feature, room = feature_and_room(parts)
    if feature == "core":
        return 0, 0
    if feature in FEATURES and room in (*DOMAIN, ""):
        return 1, FEATURES.index(feature)
    if feature in (*FEATURES, *TOP):
        return 2, 0
    return {"wiring": (3, 0), "": (4, 0)}[feature]


def complaints(found: Iterator[str]) -> None:
    """Fail with all of them."""
    said = sorted(set(found))
    assert not said, "\n" + "\n".join(said)


def test_every_folder_is_a_feature_and_every_module_a_room():
    def find() -> Iterator[str]:
        known = {"core", "templates", "static", "wiring", *FEATURES, *TOP}
        for folder in FORUM.iterdir():
            if folder.is_dir() and folder.name != "__pycache__" and folder.name not in known:
                yield f"forum/{folder.name}: no feature of the house"
        for module in modules():
            feature, room = feature_and_room(module.dotted)
            if feature in (*FEATURES, *TOP) and room:
                rooms = {*DOMAIN, *FACES} - SECRETS | EXTRA.get(feature, set())
                if room not in rooms:
                    yield f"{module.name}: no room is called {room}"
                if feature in TOP and room in DOMAIN:
                    yield f"{module.name}: {feature} is a face and has no domain"

    complaints(find())


def test_nobody_knows_what_stands_above():
    def find() -> Iterator[str]:
        for module in modules():
            for known in module.imports:
                if floor(known) > floor(module.dotted) and known != ("forum",):
                    yield f"{module.name} knows {'.'.join(known)}, which stands above"
                if known == ("forum",) and module.dotted[1:2] != ():
                    yield f"{module.name} knows create_app"

    complaints(find())


def test_rooms_of_a_feature_know_only_rooms_below():
    order = (*DOMAIN, "making", "starting", *FACES)

    def find() -> Iterator[str]:
        for module in modules():
            feature, room = feature_and_room(module.dotted)
            for known in module.imports:
                its_feature, its_room = feature_and_room(known)
                if feature != its_feature or feature == "core" or not room or not its_room:
                    continue
                if {room, its_room} <= set(order) and order.index(its_room) > order.index(room):
                    yield f"{module.name} knows {its_room}, which stands above {room}"

    complaints(find())


def test_a_face_never_knows_the_face_of_another_feature():
    def find() -> Iterator[str]:
        for module in modules():
            feature = feature_and_room(module.dotted)[0]
            for known in module.imports:
                its_feature, its_room = feature_and_room(known)
                if feature in (*FEATURES, *TOP) and its_feature not in (feature, "core") and its_room in FACES:
                    yield f"{module.name} knows a face of {its_feature}: link with url_for, include a partial"

    complaints(find())


def test_tables_point_down():
    homes = {}
    for mapper in db.Model.registry.mappers:
        homes[mapper.local_table.name] = floor(tuple(mapper.class_.__module__.split(".")))

    def find() -> Iterator[str]:
        for table in db.metadata.sorted_tables:
            for key in table.foreign_keys:
                if homes[key.column.table.name] > homes[table.name]:
                    yield f"{table.name} points up to {key.column.table.name}"
        for mapper in db.Model.registry.mappers:
            for relation in mapper.relationships:
                if homes[relation.mapper.local_table.name] > homes[mapper.local_table.name]:
                    yield f"{mapper.class_.__name__}.{relation.key} points up"

    complaints(find())


def test_imports_are_absolute_and_stand_at_the_top():
    def find() -> Iterator[str]:
        for module in modules():
            top = set(module.tree.body)
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ImportFrom) and node.level:
                    yield f"{module.name}:{node.lineno} imports relatively"
                if isinstance(node, ast.Import | ast.ImportFrom) and node not in top:
                    yield f"{module.name}:{node.lineno} imports inside"
                if isinstance(node, ast.Name | ast.Attribute) and "TYPE_CHECKING" in ast.dump(node):
                    yield f"{module.name}:{node.lineno} has a TYPE_CHECKING door"
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "__import__":
                    yield f"{module.name}:{node.lineno} imports by function"

    complaints(find())


def test_monkey_patching_stands_first_in_the_entry_and_nowhere_else():
    entry = [ast.unparse(node) for node in _parsed(ROOT / "wsgi.py").body[1:3]]
    assert entry == ["from gevent import monkey", "monkey.patch_all()"]
    assert [m.name for m in modules() if "patch_all" in m.path.read_text()] == []


def test_only_faces_and_the_job_runner_open_a_transaction():
    def find() -> Iterator[str]:
        for module in modules():
            room = feature_and_room(module.dotted)[1]
            if room in FACES or module.name in TRANSACTIONS or module.name == "forum/core/db.py":
                continue
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "transaction":
                    yield f"{module.name}:{node.lineno} opens a transaction"

    complaints(find())


def test_nobody_commits_by_hand():
    def find() -> Iterator[str]:
        for module in modules():
            for node in ast.walk(module.tree):
                is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                if is_call and node.func.attr == "commit" and module.name != "forum/core/db.py":
                    yield f"{module.name}:{node.lineno} commits"

    complaints(find())


def test_the_domain_never_reads_the_request():
    def find() -> Iterator[str]:
        for module in modules():
            feature, room = feature_and_room(module.dotted)
            if feature not in FEATURES or room not in DOMAIN:
                continue
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ImportFrom) and node.module in ("flask", "flask_login"):
                    yield f"{module.name}:{node.lineno} knows {node.module}"
                if isinstance(node, ast.ImportFrom) and node.module == "forum.core.web":
                    yield f"{module.name}:{node.lineno} knows the web"

    complaints(find())


def test_facts_are_ids_only():
    def find() -> Iterator[str]:
        for module in modules():
            feature, room = feature_and_room(module.dotted)
            if feature == "core" or room != "events":
                continue
            for kind in [node for node in module.tree.body if isinstance(node, ast.ClassDef)]:
                if [ast.unparse(d) for d in kind.decorator_list] != ["fact"]:
                    yield f"{module.name}: {kind.name} is no fact"
                for field in [node for node in kind.body if isinstance(node, ast.AnnAssign)]:
                    if not ast.unparse(field.target).endswith("_id") or ast.unparse(field.annotation) != "int":
                        yield f"{module.name}: {kind.name}.{ast.unparse(field.target)} is no id"

    complaints(find())


def test_everything_public_says_what_it_is():
    def find() -> Iterator[str]:
        for module in modules():
            if not ast.get_docstring(module.tree):
                yield f"{module.name}: no docstring"
            for node in module.tree.body:
                if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    continue
                if not node.name.startswith("_") and not ast.get_docstring(node):
                    yield f"{module.name}:{node.lineno} {node.name}: no docstring"

    complaints(find())


def test_files_are_read_in_one_sitting():
    def find() -> Iterator[str]:
        for path in sorted(FORUM.rglob("*")):
            if path.suffix in (".py", ".html", ".js") and "dist" not in path.parts:
                lines = len(path.read_text().splitlines())
                if lines > LONGEST_FILE:
                    yield f"{path.relative_to(ROOT)}: {lines} lines; make it a folder of the same name"

    complaints(find())


def test_no_module_has_a_name_that_says_nothing():
    def find() -> Iterator[str]:
        for path in [*FORUM.rglob("*.py"), *(STATIC / "js").rglob("*.js")]:
            if {word.rstrip("s") for word in re.split(r"[_.-]", path.stem)} & NO_NAMES:
                yield str(path.relative_to(ROOT))

    complaints(find())


def test_nothing_is_left_to_do():
    def find() -> Iterator[str]:
        for folder in ("forum", "tests", "tools", "migrations", "bench"):
            for path in (ROOT / folder).rglob("*"):
                if path.suffix in (".py", ".html", ".css", ".js", ".toml", ".md") and "dist" not in path.parts:
                    for number, line in enumerate(path.read_text().splitlines(), start=1):
                        if re.search(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", line):
                            yield f"{path.relative_to(ROOT)}:{number}"

    complaints(find())


# What is held of a person is known

NAMES_A_MEMBER = re.compile(r"(^|_)(member|author|actor|voter|owner|user|inviter)_id$|_by(_id)?$")
HOLDS_AN_ADDRESS = re.compile(r"(^|_)email$|^address$")


def test_every_column_that_names_a_member_stands_in_a_part():
    """What is not known is neither given out nor erased: add the column to `forum/<feature>/personal.py`, and the
    feature's PART to wiring.PERSONAL."""
    held = {(one.table.name, one.key.name) for part in PERSONAL for one in part.held}

    def find() -> Iterator[str]:
        for table in db.metadata.sorted_tables:
            for column in table.columns:
                points = any(key.column.table.name == "members" for key in column.foreign_keys)
                if (points or NAMES_A_MEMBER.search(column.name)) and (table.name, column.name) not in held:
                    yield f"{table.name}.{column.name} names a member and stands in no personal.py"
                if HOLDS_AN_ADDRESS.search(column.name) and table.name not in {name for name, _column in held}:
                    yield f"{table.name}.{column.name} holds an address, and the table stands in no personal.py"
        for one in [one for part in PERSONAL for one in part.held]:
            if not one.file and not one.why:
                yield f"{one.column}: left out of the export without a reason"
            if one.erased == Erased.EMPTIED and not one.key.nullable:
                yield f"{one.column}: cannot be emptied"

    complaints(find())


# What a person wrote never becomes markup by itself


def test_markup_is_made_in_the_named_places_only():
    def find() -> Iterator[str]:
        for module in modules():
            for node in ast.walk(module.tree):
                is_call = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Markup"
                if is_call and module.name not in MARKUP:
                    yield f"{module.name}:{node.lineno} makes Markup"
        for path in TEMPLATES.rglob("*"):
            if path.is_file() and re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text()):
                yield f"{path.relative_to(ROOT)}: |safe or autoescape off"

    complaints(find())


# What the filter clean_html may be given: columns that hold what core/text rendered, parts that a template
# of ours drew, a QR code.
CLEAN = {
    "post.html",
    "workshop.html",
    "version.html",
    "rendered.html",
    "held.html",
    "notes.html",
    "text.html",
    "wanted.html",
    "call.html",
    "viewer_part(reader)",
    "sheet",
    "picture",
}


def test_clean_html_is_given_what_is_clean_only():
    def find() -> Iterator[str]:
        for path in TEMPLATES.rglob("*.html"):
            text = path.read_text()
            text = re.sub(r"\"</?[a-z]+>\"\s*\|\s*clean_html", "", text)  # a tag of our own, for a translated sentence
            given = re.findall(r"([^\s|{]+)\s*\|\s*clean_html", text)
            if len(given) != text.count("clean_html") or not set(given) <= CLEAN:
                yield f"{path.relative_to(ROOT)}: clean_html of {given}"

    complaints(find())


def test_templates_carry_no_script_and_no_style():
    inline = {
        r"<script(?![^>]*\bsrc=)[^>]*>": "inline script",
        r"<style\b": "inline style sheet",
        r"\sstyle\s*=": "style attribute",
        r"\son[a-z]+\s*=\s*[\"']": "script attribute",
        r"javascript:": "script address",
    }

    def find() -> Iterator[str]:
        for path in TEMPLATES.rglob("*.html"):
            text = path.read_text()
            for pattern, what in inline.items():
                if path.parent.name == "mail" and what == "style attribute":
                    continue  # mail programs drop style sheets
                if re.search(pattern, text, re.IGNORECASE):
                    yield f"{path.relative_to(ROOT)}: {what}"

    complaints(find())


def test_what_is_included_is_a_partial():
    def find() -> Iterator[str]:
        for path in TEMPLATES.rglob("*.html"):
            text = path.read_text()
            for name in re.findall(r"\{%-?\s*(?:include|import|from)\s+[\"']([^\"']+)", text):
                if not Path(name).name.startswith("_"):
                    yield f"{path.relative_to(ROOT)} includes {name}"
                if not (TEMPLATES / name).exists():
                    yield f"{path.relative_to(ROOT)} includes {name}, which is not there"

    complaints(find())


def test_scripts_never_write_markup():
    doors = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|setHTMLUnsafe"
    never = r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]"

    def find() -> Iterator[str]:
        for path in (STATIC / "js").rglob("*.js"):
            text = re.sub(r"//.*|/\*.*?\*/", "", path.read_text(), flags=re.DOTALL if "/*" in path.read_text() else 0)
            if re.search(doors, text) and path.name not in INNER_HTML:
                yield f"{path.relative_to(ROOT)} writes markup"
            if re.search(never, text):
                yield f"{path.relative_to(ROOT)} makes code of text"

    complaints(find())


# Both directions

PHYSICAL = (
    r"(?<![\w-])(?:scroll-)?(?:margin|padding|border|inset)-(?:left|right)\b",
    r"(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\b",
    r"(?<![\w-])(?:left|right)\s*:",
    r"(?<![\w-])(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b",
    r"(?<![\w-])(?:background-position|transform-origin|object-position)\s*:[^;]*\b(?:left|right)\b",
)
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width|scroll-margin|scroll-padding)\s*:\s*([^;}]+)")


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), text, flags=re.DOTALL)


def test_style_sheets_know_no_left_and_no_right():
    def find() -> Iterator[str]:
        for path in sorted((STATIC / "css").rglob("*.css")):
            for number, line in enumerate(_without_comments(path.read_text()).splitlines(), start=1):
                for pattern in PHYSICAL:
                    if re.search(pattern, line):
                        yield f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
                for value in FOUR_SIDES.findall(line):
                    sides = re.findall(r"[^\s()]+\([^()]*\)|\S+", value)
                    if len(sides) == 4 and sides[1] != sides[3]:
                        yield f"{path.relative_to(ROOT)}:{number}: four sides, {line.strip()}"

    complaints(find())


@pytest.mark.parametrize(
    "line", ["margin-left: 1px", "left: 0", "text-align:right", "border-top-left-radius: 2px", "float: left"]
)
def test_the_rule_for_style_sheets_finds_what_it_should(line):
    assert any(re.search(pattern, line) for pattern in PHYSICAL)
    assert not any(re.search(pattern, "margin-inline-start: 1px; --left: 2px") for pattern in PHYSICAL)
