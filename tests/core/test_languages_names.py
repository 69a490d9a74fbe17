"""Sorting, finding and folding names; telling languages apart."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.core.languages import coarse_skeleton, detect, fold, skeleton, sort_key
from forum.core.languages.sorting import KEY_LENGTH


def test_a_member_is_found_by_either_spelling():
    spellings = ["سامر بقاعين", "Samer Bakaeen", "Samir Baqaeen", "SAMER BAQA'EEN", "Samer Al-Bakaeen"]
    assert {skeleton(name) for name in spellings} == {"smr bkn"}
    assert {coarse_skeleton(name) for name in spellings} == {"smr bkn"}


@pytest.mark.parametrize(
    "names",
    [
        "محمد عبد الله|Mohammed Abdullah|Muhammad Abd Allah|Mohamed Abdallah|Mehmet Abdullah",
        "عبد الرحمن|Abdurrahman|Abdel Rahman|Abdelrahman|Abd Al-Rahman",
        "خليل|Khalil|Halil",
        "فاطمة|Fatima|Fatma|Fatimah",
        "يوسف|Youssef|Yusuf|Yousif",
        "جمال|Gamal|Cemal|Jamal|Djamal",
        "شيماء|Chaima|Şeyma|Shaimaa",
        "السلطي|Al Salti|As-Salti|Alsalti|al-Salty",
        "وليد|Walid|Oualid|Velid",
        "داود|Davut|Dawood|Daoud",
        "عائشة|Aïcha|Ayşe|Aisha",
        "حسين|Hussein|Hüseyin|Husain",
        "مصطفى|Mustafa|Moustapha",
        "غزة|Ghazza|Gazze",
        "طرابلس|Trablus|Tarablos",
    ],
)
def test_coarse_skeletons_join_spellings(names):
    assert len({coarse_skeleton(name) for name in names.split("|")}) == 1


def test_skeletons_keep_people_apart():
    names = ["سامر بقاعين", "سمير حداد", "رنا بقاعين", "Omar Haddad", "Marie Dupont", "Nour Khoury"]
    assert len({skeleton(name) for name in names}) == len(names)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_names_never_fail(text):
    for key in (skeleton(text), coarse_skeleton(text), sort_key(text, "ar"), sort_key(text, "tr")):
        assert key.isascii()
    assert len(sort_key(text, "en")) <= KEY_LENGTH


def order(language, words):
    return sorted(words, key=lambda word: sort_key(word, language))


def test_arabic_order_drops_the_article_and_merges_hamza():
    assert order("ar", ["عمان", "السلط", "إربد", "الزرقاء", "أريحا", "بيروت"]) == [
        "إربد",
        "أريحا",
        "بيروت",
        "الزرقاء",
        "السلط",
        "عمان",
    ]


def test_turkish_order():
    words = ["ızgara", "irmik", "çay", "cam", "dağ", "Şanlıurfa", "sel", "öz", "ot", "ün", "un", "ğ", "g", "h", "İzmir"]
    assert order("tr", words) == [
        *["cam", "çay", "dağ", "g", "ğ", "h", "ızgara", "irmik", "İzmir", "ot", "öz", "sel", "Şanlıurfa", "un", "ün"]
    ]


def test_french_accents_count_only_between_equal_words():
    assert order("fr", ["zoo", "eau", "été", "etc"]) == ["eau", "etc", "été", "zoo"]
    assert sort_key("cote", "fr") != sort_key("coté", "fr")


def test_scripts_have_one_order():
    assert order("en", ["سلط", "Amman", "3 cities"]) == ["3 cities", "Amman", "سلط"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("إِدَارَةُ النُّفَايَاتِ", "اداره النفايات"),
        ("مُسْتَشْفىٰ مسؤول شاطئ", "مستشفي مسوول شاطي"),
        ("آفاق ٱلعمل کتاب ـــ", "افاق العمل كتاب "),
        ("٢٠١٨ ۲۰۱۸", "2018 2018"),
        ("İstanbul IRAK ılık", "istanbul irak ilik"),
        ("Gaziantep'te l’eau", "gaziantep te l eau"),
        ("Déchets ÇÖP cœur", "dechets cop coeur"),
        ("a\u200bb\u202ec\u200fd", "abcd"),
        ("ﻻ", "لا"),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once or unicodedata.normalize("NFKC", once) != once


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello everybody, thank you for the webinar", "en"),
        ("The municipality of Gaziantep", "en"),
        ("Merci beaucoup pour votre réponse", "fr"),
        ("Comment gérez-vous les déchets ?", "fr"),
        ("Teşekkürler, çok iyi oldu", "tr"),
        ("Merhaba arkadaslar, bu konu cok onemli", "tr"),
        ("شكرا لكم جميعا", "ar"),
        ("منصة C4D التعاونية", "ar"),
        ("> Thank you for the answer\n\nNous avons fait la même chose", "fr"),
        ("شكرا جزيلا\n```\nfor the whole of this code\n```", "ar"),
        ("@the.mayor https://the.example/and/of bu konuda ne düşünüyorsunuz", "tr"),
    ],
)
def test_detect(text, language):
    assert detect(text, fallback=None) == language


@pytest.mark.parametrize("text", ["", "ok", "👍", "https://example.org/the/of", "Ankara Paris", "12 + 3"])
def test_detect_falls_back(text):
    assert detect(text, fallback="ar") == "ar"
    assert detect(text, fallback=None) is None
