"""The keeper of the catalogues: what it finds, what it writes."""

from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from forum.core.languages import words
from forum.core.languages.checking import check
from forum.core.languages.extraction import as_po, extract, po_path, read
from forum.core.languages.plurals import FORMULAS, forms_in

NARROW = "\u202f"


def problems(language, msgid, translation, header=None, same=(), flags=""):
    """What is said of a catalogue with this one message."""
    template = Catalog()
    template.add(msgid)
    text = f'msgid ""\nmsgstr ""\n"Plural-Forms: {header or FORMULAS[language]}\\n"\n\n{flags}'
    ids = (msgid,) if isinstance(msgid, str) else msgid
    text += "".join(f'msgid{"_plural" * place} "{each}"\n' for place, each in enumerate(ids))
    if isinstance(translation, str):
        text += f'msgstr "{translation}"\n'
    else:
        text += "".join(f'msgstr[{form}] "{each}"\n' for form, each in enumerate(translation))
    return check(read_po(BytesIO(text.encode()), locale=language), language, template, frozenset(same))


COUNT = ("%(num)s reply", "%(num)s replies")
SIX = ("لا ردود", "رد واحد", "ردان", "%(num)s ردود", "%(num)s ردا", "%(num)s رد")


@pytest.mark.parametrize(
    ("language", "msgid", "translation"),
    [
        ("ar", "Save", "حفظ"),
        ("ar", COUNT, SIX),
        ("ar", "Really, <b>%(name)s</b>?", "حقا، <b>%(name)s</b>؟"),
        ("ar", "A &amp; B", "أ &amp; ب"),
        ("fr", "Name:", f"Nom{NARROW}:"),
        ("fr", "Say %(name)s!", f"Dites «{NARROW}%(name)s{NARROW}»{NARROW}!"),
        ("fr", "At 10:30, see https://example.org/?a", "À 10:30, voir https://example.org/?a"),
        ("tr", COUNT, ("%(num)s yanıt", "%(num)s yanıt")),
        ("en", "Save", ""),
        ("en", COUNT, ("", "")),
        ("tr", "100 %", "% 100"),
    ],
)
def test_good_words_pass(language, msgid, translation):
    assert problems(language, msgid, translation) == []


@pytest.mark.parametrize(
    ("language", "msgid", "translation", "complaint"),
    [
        ("ar", "Save", "", "not translated"),
        ("ar", COUNT, (*SIX[:5], ""), "not translated"),
        ("ar", COUNT, SIX[:2], "not translated"),
        ("tr", COUNT, ("%(num)s yanıt",), "not translated"),
        ("ar", COUNT, (*SIX[:3], "ردود", *SIX[4:]), "without %(num)s"),
        ("fr", COUNT, ("une réponse", "%(num)s réponses"), "without %(num)s"),
        ("fr", "Hi %(name)s", "Salut", "without %(name)s"),
        ("fr", "Hi %(name)s", "Salut %(nom)s", "not in the msgid"),
        ("fr", "Hi %(name)s", "Salut %(name)", "broken placeholder"),
        ("fr", "Hi %(name)s", "Salut %(name)s %s", "broken placeholder"),
        ("fr", "Hi %(name)d", "Salut %(name)d", "must be written"),
        ("fr", "<b>Hi</b>", "Salut", "markup"),
        ("fr", "<b>Hi</b>", "<i>Salut</i>", "markup"),
        ("fr", "Hi ", "Salut", "white space"),
        ("fr", "Reply", "Reply", "the same"),
        ("ar", "Reply", "Reply", "the same"),
        ("ar", "Reply", "Ok", "no Arabic letters"),
        ("ar", "Well, then", "حسنا, إذا", "Latin punctuation"),
        ("ar", "Really?", "حقا?", "Latin punctuation"),
        ("tr", "%(name)s's post", "%(name)s'in gönderisi", "glued"),
        ("tr", "Reply to %(name)s", "%(name)se yanıt ver", "glued"),
        ("tr", "<b>%(name)s</b>", "<b>%(name)s</b>’e", "glued"),
        ("fr", "Really?", "Vraiment ?", "U+202F"),
        ("fr", "Really?", "Vraiment?", "U+202F"),
        ("fr", "Name: %(name)s", "Nom\u00a0: %(name)s", "U+202F"),
        ("fr", "%(name)s!", "%(name)s!", "U+202F"),
        ("fr", "Say this", "Dire «ceci»", "U+202F"),
        ("fr", "Say this", "Dire “ceci”", "quotes"),
        ("en", COUNT, ("%(num)s reply", ""), "not translated"),
    ],
)
def test_bad_words_are_found(language, msgid, translation, complaint):
    found = problems(language, msgid, translation)
    assert any(complaint in problem for problem in found), found


def test_headers_fuzzy_and_the_allowed_same():
    babels = FORMULAS["ar"].replace("n%100>=11 && n%100<=99", "n%100>=0 && n%100<=2")
    assert "Plural-Forms" in problems("ar", "Save", "حفظ", header=babels)[0]
    assert "fuzzy" in problems("fr", "Save", "Garder", flags="#, fuzzy\n")[0]
    assert problems("fr", "Message", "Message", same=["Message"]) == []


SOURCE = """
from forum.core.languages import gettext as _, lazy_gettext, ngettext, pgettext
# Translators: a button
_("Save")
lazy_gettext("Title")
ngettext("%(num)s reply", "%(num)s replies", 3)
pgettext("verb", "Open")
"""
PAGE = "{{ _('Hello %(name)s', name=x) }}{% trans num=n %}{{ num }} day{% pluralize %}{{ num }} days{% endtrans %}"


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "forum/templates/topics").mkdir(parents=True)
    (tmp_path / "forum/rooms.py").write_text(SOURCE)
    (tmp_path / "forum/templates/topics/topic.html").write_text(PAGE)
    return tmp_path


def test_extract_finds_python_and_templates(checkout):
    found = {message.id for message in extract(checkout) if message.id}
    counted = {("%(num)s reply", "%(num)s replies"), ("%(num)s day", "%(num)s days")}
    assert found == {"Save", "Title", "Open", "Hello %(name)s", *counted}


def run(checkout, *arguments):
    return words.main([*arguments, "--root", str(checkout)])


def test_update_keeps_words_and_makes_no_noise(checkout, capsys):
    assert run(checkout, "check") == 1
    assert "does not exist" in capsys.readouterr().out
    run(checkout, "update")
    path = po_path(checkout / "translations", "ar")
    first = path.read_text()
    assert "Date" not in first and "rooms.py" not in first and "a button" in first
    assert FORMULAS["ar"] in first
    run(checkout, "update")
    assert path.read_text() == first
    path.write_text(first.replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "حفظ"'))
    (checkout / "forum/rooms.py").write_text('_("Other")')
    run(checkout, "update")
    assert '#~ msgid "Save"\n#~ msgstr "حفظ"' in path.read_text()
    (checkout / "forum/rooms.py").write_text(SOURCE)
    run(checkout, "update")
    assert 'msgid "Save"\nmsgstr "حفظ"' in path.read_text()
    assert "Other" in path.read_text()
    run(checkout, "update", "--drop")
    assert "Other" not in path.read_text()
    assert run(checkout, "check") == 1
    assert "ar: not translated: 'Title'" in capsys.readouterr().out


def test_a_translated_checkout_is_good_and_compiles(checkout, capsys):
    (checkout / "forum/templates/topics/topic.html").unlink()
    (checkout / "forum/rooms.py").write_text('_("Save")\nngettext("%(num)s reply", "%(num)s replies", 3)')
    run(checkout, "update")
    for language, save, reply in (("ar", "حفظ", "رد"), ("fr", "Garder", "réponse"), ("tr", "Kaydet", "yanıt")):
        path = po_path(checkout / "translations", language)
        catalogue = read(path, language)
        catalogue.get("Save").string = save
        catalogue.get("%(num)s reply").string = (f"%(num)s {reply}",) * forms_in(language)
        path.write_bytes(as_po(catalogue, language))
    assert run(checkout, "check") == 0
    assert run(checkout, "compile") == 0 and run(checkout, "extract") == 0
    assert po_path(checkout / "translations", "tr").with_suffix(".mo").exists()
    assert "good" in capsys.readouterr().err


def test_allowed_same(tmp_path):
    (tmp_path / "same.txt").write_text("# comment\n*: API\nfr: Message\n\n")
    allowed = words.allowed_same(tmp_path / "same.txt")
    assert allowed["fr"] == {"API", "Message"} and allowed["tr"] == {"API"}


def test_update_keeps_every_plural_form(checkout):
    (checkout / "forum/rooms.py").write_text('ngettext("%(num)s reply", "%(num)s replies", 3)')
    run(checkout, "update")
    path = po_path(checkout / "translations", "tr")
    filled = (
        path.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(num)s yanıt"').replace('[1] ""', '[1] "%(num)s yanıt"')
    )
    path.write_text(filled)
    assert 'msgstr[1] "%(num)s yanıt"' in filled
    run(checkout, "update")
    assert path.read_text() == filled
