"""A memory of what was rendered: bounded by bytes, the longest unused goes first."""

from collections import OrderedDict
from collections.abc import Hashable


class ByteCache:
    """Bytes by key. Keys hold everything that the bytes depend on, so nothing is ever cleared by hand."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, key: Hashable) -> bytes | None:
        """What was kept, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: bytes) -> bytes:
        """Keep it, and give it back."""
        old = self._kept.pop(key, None)
        self.size += len(value) - (len(old) if old else 0)
        self._kept[key] = value
        while self.size > self.limit and len(self._kept) > 1:
            self.size -= len(self._kept.popitem(last=False)[1])
        return value
