"""What a measurement says: a table, a line per bar, and an exit code."""

import statistics
import sys
from collections.abc import Sequence

TOO_NOISY = 0.5


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def spread(values: Sequence[float]) -> float:
    """How far the middle half of the values reaches, as a part of the median: the machine's noise."""
    if len(values) < 2:
        return float("inf")
    low, _middle, high = statistics.quantiles(values, n=4)
    return (high - low) / statistics.median(values)


class Report:
    """Lines as they come; `end()` leaves with 1 when a bar was missed."""

    def __init__(self, title: str) -> None:
        self.missed = 0
        self.say(f"{title}\n")

    def say(self, line: str = "") -> None:
        """Print at once: a measurement takes minutes."""
        print(line, flush=True)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns: the first to the left, the others to the right."""
        widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
        for row in (head, *rows):
            rest = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
            self.say("  " + "   ".join([f"{row[0]:<{widths[0]}}", *rest]))
        self.say()

    def noise(self, what: str, values: Sequence[float]) -> None:
        """Say how much the same work varied."""
        said = spread(values)
        warning = "  (too noisy: run it again when the machine is idle)" if said > TOO_NOISY else ""
        self.say(f"Noise: {what}, middle half of {len(values)} rounds within {said:.0%} of the median{warning}.")

    def bar(self, what: str, value: float, *, least: float | None = None, most: float | None = None) -> None:
        """Is the value what it should be?"""
        good = (least is None or value >= least) and (most is None or value <= most)
        self.missed += not good
        wanted = f"at least {least:g}" if least is not None else f"at most {most:g}"
        self.say(f"{'PASS' if good else 'FAIL'}  {what}: {value:.3g} ({wanted})")

    def end(self) -> None:
        """Leave with what was found."""
        sys.exit(1 if self.missed else 0)
