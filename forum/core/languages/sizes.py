"""How large a file is, in words."""

from forum.core.languages.catalogue import gettext as _

KB, MB = 1000, 1_000_000


def format_size(size: int) -> str:
    """As "84 kB", "2.4 MB", in the reader's digits; never less than one kB."""
    if size < MB:
        return _("%(num)s kB", num=max(1, round(size / KB)))
    return _("%(num)s MB", num=round(size / MB, 1))
