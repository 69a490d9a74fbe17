"""The event loop of a server, and what must not stand in its way."""

import os
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from gevent.monkey import is_module_patched
from gevent.threadpool import ThreadPool

Result = TypeVar("Result")


def off_the_loop(call: Callable[..., Result], *args: Any) -> Result:
    """`call(*args)` in a real thread while the loop goes on: for more than some 20 ms of CPU, which would stop every
    other reader. In a command or a test it is simply called."""
    if is_module_patched("threading"):
        return _threads().apply(call, args)
    return call(*args)


@cache
def _threads() -> ThreadPool:
    """As many as there are processors: each thread more would take its turn from the loop's own (gevent's pool has
    ten). Two at least, so that one long text does not keep everybody from signing in."""
    return ThreadPool(max(2, os.cpu_count() or 1))
