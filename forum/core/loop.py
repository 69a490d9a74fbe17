"""The event loop of a server, and what must not stand in its way."""

from collections.abc import Callable
from typing import Any, TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched

Result = TypeVar("Result")


def off_the_loop(call: Callable[..., Result], *args: Any) -> Result:
    """`call(*args)` in a real thread while the loop goes on: for more than some 20 ms of CPU, which would stop every
    other reader. In a command or a test it is simply called."""
    if is_module_patched("threading"):
        return get_hub().threadpool.apply(call, args)
    return call(*args)
