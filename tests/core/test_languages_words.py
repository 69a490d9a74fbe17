"""The interface's words: looked up, counted, filled, made up for tests, and inside templates."""

import json
from datetime import UTC, date, datetime
from gettext import c2py

import pytest
from babel import Locale
from babel.messages.plurals import PLURALS
from flask import Flask, render_template_string
from flask.json import dumps
from flask_babel import get_locale

from forum.core.languages import (
    LANGUAGES,
    catalogue,
    gettext,
    init_app,
    lazy_gettext,
    ngettext,
    pgettext,
    speaking,
)
from forum.core.languages.plurals import CATEGORIES, FORMULAS, form_of, forms_in

ARABIC = {
    "Hello %(name)s": "مرحبا %(name)s",
    "<b>Hello</b> %(name)s": "<b>مرحبا</b> %(name)s",
    "Done": "تم",
    "verb\x04Open": "فتح",
    **{("%(num)s reply", form): f"{form} %(num)s" for form in range(6)},
}


@pytest.fixture
def arabic(monkeypatch):
    known = catalogue.messages
    monkeypatch.setattr(catalogue, "messages", lambda language: ARABIC if language == "ar" else known(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_cldrs_for_0_to_1000(language):
    formula = c2py(FORMULAS[language].partition("plural=")[2].rstrip(";"))
    cldr = Locale.parse(language).plural_form
    for number in range(1001):
        assert CATEGORIES[language][form_of(language, number)] == cldr(number)
        assert formula(number) == form_of(language, number)
    assert FORMULAS[language].startswith(f"nplurals={forms_in(language)};")


def test_babels_own_headers_would_be_wrong():
    # The reason for plurals.py; when these fail, Babel has been mended.
    theirs = c2py(PLURALS["ar"][1])
    assert sum(theirs(number) != form_of("ar", number) for number in range(1000)) > 900
    assert PLURALS["tr"][0] == 1


@pytest.mark.parametrize(
    ("number", "form"),
    [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (101, 5), (102, 5), (103, 3), (111, 4)],
)
def test_the_six_arabic_forms(arabic, number, form):
    with speaking("ar"):
        assert ngettext("%(num)s reply", "%(num)s replies", number) == f"{form} {number}"


def test_numbers_inside_words(arabic):
    with speaking("ar", "arab"):
        assert ngettext("%(num)s reply", "%(num)s replies", 1000) == "5 ١٬٠٠٠"
        assert gettext("Hello %(name)s", name=2018) == "مرحبا ٢٠١٨"
        assert gettext("Hello %(name)s", name="2018") == "مرحبا 2018"
    with speaking("en"):
        assert ngettext("%(num)s reply", "%(num)s replies", 1) == "1 reply"
        assert ngettext("%(num)s reply", "%(num)s replies", 1234) == "1,234 replies"


def test_gettext(arabic):
    with speaking("ar"):
        assert gettext("Done") == "تم"
        assert gettext("Not there") == "Not there"
        assert pgettext("verb", "Open") == "فتح" and pgettext("adjective", "Open") == "Open"
    assert gettext("100 % done") == "100 % done"
    assert gettext("100 %% of %(name)s", name="x") == "100 % of x"


def test_lazy_words_wait_for_the_reader_and_never_reach_json(arabic):
    label = lazy_gettext("Hello %(name)s", name="x")
    with speaking("ar"):
        assert str(label) == "مرحبا x" == f"{label}"
    assert str(label) == "Hello x"
    assert lazy_gettext("At most %(max)d.") % {"max": 3} == "At most 3."
    with pytest.raises(TypeError):
        json.dumps({"label": label})
    with Flask(__name__).app_context(), pytest.raises(TypeError):
        dumps({"label": label})


def test_pseudo_languages_keep_placeholders_and_markup():
    with speaking("en_XA"):
        assert gettext("<b>Hello</b> %(name)s &amp; all", name="Rana") == "⟦<b>Ĥéļļö</b> Rana &amp; åļļ⟧"
        assert ngettext("%(num)s reply", "%(num)s replies", 2) == "⟦2 ŕéþļîéš⟧"
    with speaking("en_XB") as speech:
        assert gettext("Hello %(name)s", name="Rana") == "⟦\u202eHello\u202c Rana⟧"
        assert speech.direction == "rtl" and speech.tag == "en-XB"


@pytest.fixture
def app():
    app = Flask(__name__)
    app.config["MODE"] = "test"
    init_app(app)
    return app


def shown(app, template, language="en", **values):
    digits = values.pop("digits", "latn")
    with app.test_request_context(), speaking(language, digits, zone="Asia/Amman"):
        return render_template_string(template, **values)


def test_flask_babel_follows_the_speech(app):
    with app.test_request_context(), speaking("ar"):
        assert str(get_locale()) == "ar"
    assert app.config["LANGUAGES"][-2:] == ("en_XA", "en_XB")


def test_templates_escape_what_fills_the_words(app, arabic):
    evil = "<script>"
    assert shown(app, "{{ _('<b>Hello</b> %(name)s', name=n) }}", "ar", n=evil) == "<b>مرحبا</b> &lt;script&gt;"
    trans = "{% trans name=n %}Hello {{ name }}{% endtrans %}"
    assert shown(app, trans, "ar", n=evil) == "مرحبا &lt;script&gt;"
    plural = "{% trans num=n %}{{ num }} reply{% pluralize %}{{ num }} replies{% endtrans %}"
    assert shown(app, plural, "ar", n=11, digits="arab") == "4 ١١"
    assert (
        shown(app, "{{ ngettext('%(num)s reply by %(who)s', 'x', 1, who=n) }}", n=evil) == "1 reply by &lt;script&gt;"
    )


def test_a_percent_sign_in_templates(app):
    assert shown(app, "{{ _('100 % done') }}{% trans %}50 % {% endtrans %}") == "100 % done50 %"
    assert shown(app, "{% trans n=1 %}50 % of {{ n }}{% endtrans %}") == "50 % of 1"


def test_filters_are_said_to_each_reader(app):
    # One template, twice: Jinja must not compute the constant at compile time.
    template = app.jinja_env.from_string("{{ 1234|number }} {{ when|moment }} {{ day|date }}")
    values = {"when": datetime(2018, 7, 11, 7, tzinfo=UTC), "day": date(2018, 3, 19)}
    with speaking("en"):
        assert template.render(values) == (
            '1,234 <time datetime="2018-07-11T07:00:00Z" data-moment="moment">11 July 2018, 10:00</time> '
            '<time datetime="2018-03-19">19 March 2018</time>'
        )
    with speaking("ar", "arab"):
        assert template.render(values).startswith('١٬٢٣٤ <time datetime="2018-07-11T07:00:00Z"')
