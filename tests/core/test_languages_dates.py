"""Dates, digits, zones, weeks."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from forum.core.languages import (
    LANGUAGES,
    NoSuchTime,
    format_date,
    format_moment,
    format_number,
    format_percent,
    format_span,
    format_time,
    hijri,
    known_zone,
    month_name,
    relative,
    speaking,
    to_latin_digits,
    utc_to_wall,
    wall_to_utc,
    week_start,
    weekday_name,
    weekend,
    zone_name,
)

MORNING = datetime(2018, 7, 11, 7, 0, tzinfo=UTC)
LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
NILE = "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
MOROCCO = "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر"
TUNISIA = "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر"


@pytest.mark.parametrize(
    ("regions", "months"),
    [("JO LB SY IQ PS", LEVANT), ("EG SA", NILE), ("MA", MOROCCO), ("TN", TUNISIA), ("TR ZZ ../x", NILE)],
)
def test_arabic_months_by_region(regions, months):
    for region in regions.split():
        with speaking("ar", region=region):
            assert [month_name(month) for month in range(1, 13)] == months.split("|")


@pytest.mark.parametrize(
    ("language", "day", "moment", "span", "days"),
    [
        ("en", "Monday 19 March 2018", "11 July 2018, 10:00", "11 July 2018, 10:00–12:00 (Amman)", "19–23 March 2018"),
        (
            "fr",
            "lundi 19 mars 2018",
            "11 juillet 2018, 10:00",
            "11 juillet 2018, 10:00–12:00 (Amman)",
            "19–23 mars 2018",
        ),
        (
            "tr",
            "19 Mart 2018 Pazartesi",
            "11 Temmuz 2018, 10:00",
            "11 Temmuz 2018, 10:00–12:00 (Amman)",
            "19–23 Mart 2018",
        ),
        ("ar", "الاثنين، 19 آذار 2018", "11 تموز 2018، 10:00", "11 تموز 2018، 10:00–12:00 (عمّان)", "19–23 آذار 2018"),
    ],
)
def test_dates_in_each_language(language, day, moment, span, days):
    with speaking(language):
        assert format_date(date(2018, 3, 19), weekday=True) == day
        assert format_moment(MORNING) == moment
        assert format_span(MORNING, MORNING + timedelta(hours=2), "Asia/Amman") == span
        assert format_span(date(2018, 3, 19), date(2018, 3, 23)) == days


def test_spans_say_nothing_twice():
    with speaking("en"):
        assert format_span(date(2018, 3, 28), date(2018, 4, 2)) == "28 March – 2 April 2018"
        assert format_span(date(2018, 12, 30), date(2019, 1, 2)) == "30 December 2018 – 2 January 2019"
        assert format_span(date(2018, 3, 1), date(2018, 3, 1)) == "1 March 2018"
        long = format_span(MORNING, MORNING + timedelta(days=1), "Asia/Amman")
        assert long == "11 July 2018, 10:00 – 12 July 2018, 10:00 (Amman)"


def test_moments_are_told_in_the_readers_zone():
    with speaking("en", zone="Africa/Tunis"):
        assert format_time(MORNING) == "08:00"
        assert format_date(datetime(2018, 7, 11, 23, 30, tzinfo=UTC)) == "12 July 2018"


@pytest.mark.parametrize(
    ("language", "digits", "share"),
    [
        ("en", "latn", "29%"),
        ("fr", "latn", "29\N{NARROW NO-BREAK SPACE}%"),
        ("tr", "latn", "%29"),
        ("ar", "latn", "29%"),
        ("ar", "arab", "٢٩٪"),
    ],
)
def test_shares_are_written_as_the_language_does(language, digits, share):
    with speaking(language, digits=digits):
        assert format_percent(29.4) == share


@pytest.mark.parametrize(
    ("language", "number"),
    [("ar", "1,234,567.5"), ("en", "1,234,567.5"), ("fr", "1\u202f234\u202f567,5"), ("tr", "1.234.567,5")],
)
def test_numbers_are_latin_by_default(language, number):
    with speaking(language):
        assert format_number(1234567.5) == number
        assert format_number(0) == "0" and format_number(-3) == "-3" and re.fullmatch(r"2[.,]00", format_number(2, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_arabic_digits_are_never_mixed(language):
    with speaking(language, digits="arab"):
        later = MORNING + timedelta(days=40, hours=5)
        said = [format_number(1234567.5), format_moment(MORNING), format_span(MORNING, later), relative(MORNING, later)]
        said += [format_date(MORNING, weekday=True), format_time(MORNING), hijri(date(2018, 7, 11))]
        assert said[0] == "١٬٢٣٤٬٥٦٧٫٥"
        assert not any(re.search("[0-9]", text) for text in said)


def test_inputs_take_all_digits():
    assert to_latin_digits("٢٠١٨ ۲۰۱۸ 2018 سنة") == "2018 2018 2018 سنة"


def test_relative():
    now = MORNING
    with speaking("en"):
        assert relative(now - timedelta(seconds=20), now) == "just now"
        assert relative(now - timedelta(minutes=1), now) == "1 minute ago"
        assert relative(now - timedelta(hours=3), now) == "3 hours ago"
        assert relative(now + timedelta(days=2), now) == "in 2 days"
        assert relative(now - timedelta(days=6), now) == "6 days ago"
        assert relative(now - timedelta(days=800), now) == "2 years ago"
    with speaking("ar"):
        assert relative(now - timedelta(hours=2), now) == "قبل ساعتين"


def test_wall_times():
    assert wall_to_utc(datetime(2018, 7, 11, 10), "Asia/Amman") == MORNING
    with pytest.raises(NoSuchTime) as refused:
        wall_to_utc(datetime(2026, 3, 29, 0, 30), "Asia/Beirut")
    assert refused.value.zone == "Asia/Beirut"
    # Comes twice in Paris: the first, unless fold says the second.
    twice = datetime(2026, 10, 25, 2, 30)
    assert wall_to_utc(twice, "Europe/Paris").hour == 0
    assert wall_to_utc(twice.replace(fold=1), "Europe/Paris").hour == 1
    with pytest.raises(ValueError):
        wall_to_utc(MORNING, "Asia/Amman")


def test_a_weekly_meeting_in_amman_moves_for_beirut_and_casablanca_for_ramadan():
    winter, summer = (wall_to_utc(datetime(2026, month, 3, 11), "Asia/Amman") for month in (3, 6))
    assert utc_to_wall(winter, "Asia/Beirut").hour == 10 and utc_to_wall(summer, "Asia/Beirut").hour == 11
    ramadan, after = datetime(2026, 3, 3, 11, tzinfo=UTC), datetime(2026, 4, 3, 11, tzinfo=UTC)
    assert utc_to_wall(ramadan, "Africa/Casablanca").hour == 11 and utc_to_wall(after, "Africa/Casablanca").hour == 12


def test_zones_are_called_by_their_city():
    with speaking("ar"):
        assert zone_name("Asia/Beirut") == "بيروت"
    with speaking("fr"):
        assert zone_name("Asia/Beirut") == "Beyrouth" and zone_name("UTC") == "UTC"
    assert known_zone("Asia/Amman") and known_zone("UTC")
    assert not any(map(known_zone, ["", "Nowhere/City", "../../etc/passwd", "/etc/passwd", "a\0b", "Asia", "x" * 999]))


def test_weeks_by_country():
    assert (week_start("JO"), weekend("JO")) == (5, (4, 5))
    assert (week_start("LB"), weekend("LB")) == (0, (5, 6))
    assert (week_start("PS"), weekend("PS")) == (6, (4, 5))
    assert (week_start("TR"), weekend("TR")) == (0, (5, 6))
    assert weekend("ZZ") == (5, 6)
    with speaking("en"):
        assert weekday_name(week_start("EG")) == "Saturday"


def test_hijri_is_marked_approximate_and_bounded():
    with speaking("en"):
        assert hijri(date(2018, 7, 11)) == "about 27 Shawwal 1439 AH"
        assert hijri(date(1920, 1, 1)) is None and hijri(date(2078, 1, 1)) is None
        assert hijri(date(1925, 1, 1)) and hijri(date(2077, 1, 1))
