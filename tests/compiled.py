"""Templates that one application has compiled serve all others of a test run: each used to compile its own."""

from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """In a folder. Letters in plain text are compiled without escaping, and so are kept apart."""

    def get_bucket(self, environment: Environment, name: str, *about: Any) -> Bucket:
        """One template's."""
        return super().get_bucket(environment, f"{name} {environment.autoescape}", *about)


def share(folder: Path) -> None:
    """Have every application that this process makes from now on look there."""
    folder.mkdir(parents=True, exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": Compiled(str(folder))}
