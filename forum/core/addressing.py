"""Rules of addresses that learn to write an address when the first one is asked for.

Werkzeug compiles two functions for each of our six hundred rules as they are added: four fifths of the time that an
application took to begin, whether a server, a command or one of a test. A process soon needs a few of them.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """As any other, from the first address on. Should Werkzeug one day compile otherwise, this is not asked."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            compiled = Rule._compile_builder(rule, append_unknown).__get__(rule, None)
            setattr(rule, name, compiled)
            written: tuple[str, str] = compiled(**values)
            return written

        return build
