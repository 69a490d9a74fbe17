"""The languages in the application: Flask-Babel told to follow the current speech, and the words that templates use."""

from datetime import UTC, date, datetime

from flask import Flask
from flask_babel import Babel
from jinja2 import pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from forum.core.languages import catalogue
from forum.core.languages.calendars import hijri
from forum.core.languages.dates import format_date, format_moment, format_span, format_time, relative
from forum.core.languages.digits import format_number, format_percent
from forum.core.languages.direction import direction
from forum.core.languages.plurals import samples
from forum.core.languages.sizes import format_size
from forum.core.languages.speech import LANGUAGES, NAMES, current_speech, direction_of, served_languages
from forum.core.languages.zones import zone_name


def init_app(app: Flask) -> None:
    """Words, dates and numbers for requests and templates; reads MODE, sets LANGUAGES (what addresses may carry)."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(catalogue.translations_folder()))
    app.config.setdefault("LANGUAGES", served_languages(app.config.get("MODE")))
    # Not configured by Flask-Babel: its gettext costs 18 µs a call, and its newstyle trips over a lone %.
    Babel(
        app,
        configure_jinja=False,
        locale_selector=lambda: current_speech().locale,
        timezone_selector=lambda: current_speech().zone,
    )
    environment = app.jinja_env
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(
        _=_gettext,
        gettext=_gettext,
        ngettext=_ngettext,
        pgettext=_pgettext,
        speech=current_speech,
        direction=direction,
        direction_of=direction_of,
        language_names=NAMES,
        plural_samples=lambda: samples(current_speech().language),
    )
    # pass_context keeps Jinja from computing a filter on a constant once, in the language of whoever came first.
    environment.filters.update(
        moment=_moment,
        date=pass_context(
            lambda context, value, weekday=False: _time_markup(value, format_date(value, weekday=weekday))
        ),
        time=pass_context(lambda context, value: _time_markup(value, format_time(value), "time")),
        relative=pass_context(lambda context, value, now: _time_markup(value, relative(value, now), "relative")),
        span=pass_context(lambda context, start, end, zone=None: format_span(start, end, zone)),
        number=pass_context(lambda context, value, decimals=None: format_number(value, decimals)),
        percent=pass_context(lambda context, value: format_percent(value)),
        size=pass_context(lambda context, value: format_size(value)),
        zone_name=pass_context(lambda context, zone: zone_name(zone)),
        hijri=pass_context(lambda context, day: hijri(day)),
    )
    catalogue.warm(LANGUAGES)


@pass_eval_context
def _gettext(evaluation: EvalContext, msgid: str, /, **named: object) -> str:
    return _filled(evaluation, catalogue.gettext(msgid), named)


@pass_eval_context
def _pgettext(evaluation: EvalContext, context: str, msgid: str, /, **named: object) -> str:
    return _filled(evaluation, catalogue.pgettext(context, msgid), named)


@pass_eval_context
def _ngettext(evaluation: EvalContext, one: str, many: str, num: int, /, **named: object) -> str:
    return _filled(evaluation, catalogue.ngettext_words(one, many, num), {"num": num, **named})


def _filled(evaluation: EvalContext, words: str, named: dict[str, object]) -> str:
    """The words are ours and may hold markup; what fills them is escaped."""
    template = Markup(words) if evaluation.autoescape else words
    if not named:
        # {% trans %} doubles a % that stands for itself.
        return template.replace("%%", "%")
    return template % catalogue.spoken(named, current_speech())


@pass_context
def _moment(context: Context, value: datetime) -> Markup:
    return _time_markup(value, format_moment(value), "moment")


def _time_markup(value: date | datetime, words: str, kind: str = "date") -> Markup:
    """<time>, in the reader's words; a script sets moments to the browser's zone where the reader has chosen none."""
    if not isinstance(value, datetime):
        return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), words)
    stamp = value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}" data-moment="{}">{}</time>').format(stamp, kind, words)
