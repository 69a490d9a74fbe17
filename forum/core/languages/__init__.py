"""Arabic, English, French and Turkish: words, directions, digits, dates, names.

Knows neither the database nor any feature, and works without a request. `with speaking("ar"): …` says everything
inside in Arabic; `gettext as _`, `ngettext`, `format_moment` and the others follow. `python -m
forum.core.languages.words` keeps the catalogues.
"""

from forum.core.languages.application import init_app
from forum.core.languages.calendars import hijri, week_start, weekend
from forum.core.languages.catalogue import gettext, ngettext, pgettext, translations_folder
from forum.core.languages.dates import (
    format_date,
    format_moment,
    format_span,
    format_time,
    month_name,
    relative,
    weekday_name,
)
from forum.core.languages.detect import detect
from forum.core.languages.digits import decimal_point, format_number, format_percent, in_digits, to_latin_digits
from forum.core.languages.direction import balance_bidi, direction, has_bidi, lean, strip_bidi
from forum.core.languages.folding import fold
from forum.core.languages.lazy import Lazy, lazy_gettext
from forum.core.languages.lines import (
    clean_body,
    clean_line,
    clean_name,
    clean_title,
    has_hidden,
    has_visible,
    is_one_script,
    slug,
)
from forum.core.languages.sizes import format_size
from forum.core.languages.skeletons import coarse_skeleton, skeleton
from forum.core.languages.sorting import sort_key
from forum.core.languages.speech import (
    LANGUAGES,
    NAMES,
    PSEUDO,
    Speech,
    begin_speech,
    choose_language,
    current_speech,
    direction_of,
    end_speech,
    served_languages,
    speaking,
)
from forum.core.languages.zones import NoSuchTime, known_zone, utc_to_wall, wall_to_utc, zone_name

__all__ = [
    "LANGUAGES",
    "NAMES",
    "PSEUDO",
    "Lazy",
    "NoSuchTime",
    "Speech",
    "balance_bidi",
    "begin_speech",
    "choose_language",
    "clean_body",
    "clean_line",
    "clean_name",
    "clean_title",
    "coarse_skeleton",
    "current_speech",
    "decimal_point",
    "detect",
    "direction",
    "direction_of",
    "end_speech",
    "fold",
    "format_date",
    "format_moment",
    "format_number",
    "format_percent",
    "format_size",
    "format_span",
    "format_time",
    "gettext",
    "has_bidi",
    "has_hidden",
    "has_visible",
    "hijri",
    "in_digits",
    "init_app",
    "is_one_script",
    "known_zone",
    "lazy_gettext",
    "lean",
    "month_name",
    "ngettext",
    "pgettext",
    "relative",
    "served_languages",
    "skeleton",
    "slug",
    "sort_key",
    "speaking",
    "strip_bidi",
    "to_latin_digits",
    "translations_folder",
    "utc_to_wall",
    "wall_to_utc",
    "week_start",
    "weekday_name",
    "weekend",
    "zone_name",
]
