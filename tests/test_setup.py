"""The set-up: lock files, what may not be installed, the commands, the front end, and the services of the tests."""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import brotli
import pytest

from tools import bundle, setup

ROOT = Path(__file__).resolve().parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))

# In parts, so that this file does not hold what it looks for.
ADDRESSES = [
    re.compile(pattern.encode())
    for pattern in (
        r"pypi\." + r"(org|io)",
        r"python" + r"hosted\.org",
        r"npm" + r"js\.(com|org)",
        r"registry\." + r"(yarnpkg|npm|npmmirror)",
        r"deb" + r"\.debian\.org",
        r"security" + r"\.debian\.org",
        r"un" + r"pkg\.com",
        r"js" + r"delivr\.net",
        r"(extra-)?index" + r"-url",
        r"find" + r"-links",
    )
]


def test_no_file_holds_the_address_of_a_package_registry():
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    paths = [ROOT / os.fsdecode(name) for name in listed.stdout.split(b"\0") if name]
    assert ROOT / "pyproject.toml" in paths
    found = [
        f"{path.relative_to(ROOT)}: {match[0].decode()}"
        for path in paths
        if path.is_file()
        for match in (pattern.search(path.read_bytes()) for pattern in ADDRESSES)
        if match
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_lock_file_pins_every_package_with_hashes_and_holds_nothing_else(lock):
    requirements = lock.read_text().replace("\\\n", " ").splitlines()
    assert requirements
    for line in requirements:
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+])?==[\w.]+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line)


def test_lock_files_hold_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    asked = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": project["project"]["dependencies"] + groups["dev"],
        "requirements-node.lock": groups["node"],
        "requirements-uv.lock": groups["uv"],
    }
    assert {path.name for path in LOCKS} == set(asked)
    for lock, requirements in asked.items():
        names = {_name(requirement) for requirement in requirements}
        assert names <= set(_pins(ROOT / lock)), lock


def test_test_packages_are_added_to_the_same_versions_that_run():
    running, testing = _pins(ROOT / "requirements.lock"), _pins(ROOT / "requirements-dev.lock")
    assert running.items() <= testing.items()


def test_node_packages_are_pinned_with_hashes_and_without_origin():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    asked = json.loads((ROOT / "package.json").read_text())
    packages = {path: package for path, package in lock["packages"].items() if path}
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not [path for path, package in packages.items() if "resolved" in package]
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_gevent_websocket_is_absent():
    """Its mere presence makes gunicorn's gevent worker answer every websocket with 500."""
    installed = {_name(distribution.metadata["Name"]) for distribution in distributions()}
    assert "gevent" in installed
    assert "gevent-websocket" not in installed
    assert not [lock.name for lock in LOCKS if "gevent-websocket" in _pins(lock)]


def test_ci_runs_make_test_and_nothing_else():
    script = ROOT / ".ci/run"
    lines = [line for line in script.read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["make test"]
    assert os.access(script, os.X_OK)


def test_make_help_lists_every_command_of_the_house():
    answer = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  make (\w+)", answer, re.MULTILINE)
    assert {"help", "run", "test", "drill", "bench", "words", "migrate"} <= set(listed)


def test_half_made_environment_is_made_again_inside_a_checkout_whose_path_has_spaces(tmp_path):
    checkout = tmp_path / "the fòrum of  ours"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(ROOT / "tools/setup.py", checkout / "tools")
    (checkout / "requirements.lock").write_text("")
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
    (checkout / ".venv/bin/python").chmod(0o755)
    steps = "from tools import setup; print(setup.environment(setup.VENV, 'requirements.lock'))"
    command = [sys.executable, "-c", steps]
    elsewhere = {**os.environ, "VIRTUAL_ENV": str(tmp_path / "another"), "PIP_TARGET": str(tmp_path / "astray")}

    first = subprocess.run(command, cwd=checkout, env=elsewhere, capture_output=True, text=True, check=True)
    assert first.stdout.splitlines()[-1] == str(checkout / ".venv/bin/python")
    question = [checkout / ".venv/bin/python", "-c", "import pip, sys; print(sys.prefix)"]
    assert subprocess.check_output(question, text=True).strip() == str(checkout / ".venv")
    assert not (checkout / ".venv/unfinished").exists()

    second = subprocess.run(command, cwd=checkout, env=elsewhere, capture_output=True, text=True, check=True)
    assert len(second.stdout.splitlines()) == 1, "nothing was said, so nothing was done again"


def test_stamp_changes_with_name_and_contents_of_its_sources(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("words")
    before = setup.digest([one])
    shutil.copy(one, other)
    assert setup.digest([other]) != before
    one.write_text("other words")
    assert setup.digest([one]) != before


def test_missing_program_is_named_with_what_to_do():
    steps = "from tools import setup; setup.install_from_debian('chromium', 'Chromium (put one on PATH)')"
    nowhere = {**os.environ, "PATH": ""}  # so there is no apt-get either
    answer = subprocess.run([sys.executable, "-c", steps], cwd=ROOT, env=nowhere, capture_output=True, text=True)
    assert answer.returncode == 1
    assert "SetupError: Chromium (put one on PATH) is needed." in answer.stderr


def test_manifest_leads_to_files_with_their_compressed_copies():
    dist = ROOT / "forum/static/dist"
    manifest = json.loads((dist / "manifest.json").read_text())
    named = {name: hashed for name, hashed in manifest.items() if name != "imports"}
    chunks = {chunk for found in manifest["imports"].values() for chunk in found}
    assert {"site.css", "icons.svg"} <= set(named)
    scripts = {path.name for path in (ROOT / "forum/static/js").glob("*.js") if not path.name.startswith("_")}
    assert scripts <= set(named)
    for name, hashed in named.items():
        stem, dot, ending = name.rpartition(".")
        kept = "chunk" if name.startswith("_") else stem  # what several entries share is a chunk
        assert re.fullmatch(rf"{re.escape(kept)}-[0-9A-Z]{{8}}{re.escape(dot + ending)}", hashed)
    for hashed in {*named.values(), *chunks}:
        contents = (dist / hashed).read_bytes()
        for ending, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
            packed = dist / (hashed + ending)
            assert not packed.exists() or unpack(packed.read_bytes()) == contents


def test_sprite_holds_every_icon_that_is_listed():
    dist = ROOT / "forum/static/dist"
    sprite = (dist / json.loads((dist / "manifest.json").read_text())["icons.svg"]).read_text()
    lines = [line.partition("#")[0].split() for line in (ROOT / "forum/static/icons.txt").read_text().splitlines()]
    assert sorted(line[0] for line in lines if line) == sorted(re.findall(r'<symbol id="([^"]+)"', sprite))


def test_servers_serve_and_end_with_the_process_that_started_them():
    """In a process of its own, which is killed: the servers of this run serve the other tests."""
    steps = """
        import os, signal
        from tests import services
        url = services.postgresql()
        print(url, services.redis())
        print(services.create_database(url, "one"))
        print(services.create_database(url, "one"))
        print(services.create_database(url, "two", template="one"), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(steps)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == -signal.SIGKILL, answer.stderr
    servers, *databases = answer.stdout.splitlines()
    postgresql, redis = servers.split()
    folder = postgresql.partition("?host=")[2]
    # No percent sign, which Alembic would take for its own.
    one, two = (f"postgresql+psycopg://multaqa@/{name}?host={folder}" for name in ("one", "two"))
    assert databases == [one, one, two]
    assert redis.startswith("redis://127.0.0.1:")
    deadline = time.monotonic() + 20
    while Path(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(folder).exists()


def _pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[.*?])?==([\w.]+)", lock.read_text(), re.MULTILINE))


def _name(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()


def test_a_new_bundle_keeps_what_open_pages_ask_for_and_drops_it_after_a_week(tmp_path):
    old, new = tmp_path / "dist", tmp_path / "dist.new"
    for folder, name in ((old, "topic-OLD.js"), (old, "topic-AGED.js"), (old, "manifest.json"), (new, "manifest.json")):
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(folder.name)
    aged = time.time() - bundle.KEPT - 60
    os.utime(old / "topic-AGED.js", (aged, aged))
    bundle.keep_recent(old, new)
    assert sorted(path.name for path in new.iterdir()) == ["manifest.json", "topic-OLD.js"]
    assert (new / "manifest.json").read_text() == "dist.new"
    bundle.keep_recent(tmp_path / "none", new)
