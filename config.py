"""Settings from the environment. Every name that an operator may set is listed here and in docs/operating.md."""

from forum.core.settings import Settings

settings = Settings.from_environment()
