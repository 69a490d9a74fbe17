"""Consonant skeletons of names: one key for سامر بقاعين, Samer Bakaeen and Samir Baqaeen.

Vowels, doubled letters, the article and the letters that transliteration loses (ع ء) are dropped; what is left is
written with a few ASCII letters. The skeleton keeps what spellers usually agree on, the coarse skeleton merges what
they do not: ق/ك/ج/غ, د/ط/ت, ذ/ز/س, ح/ه/خ, Turkish v for و. Look a name up by the first, then by the second.
"""

import re

from forum.core.languages.folding import fold

_ARABIC = {
    **{"ب": "b", "پ": "b", "ت": "t", "ط": "t", "ث": "t", "ج": "j", "چ": "c", "ح": "h", "خ": "x", "د": "d", "ض": "d"},
    **{"ذ": "d", "ر": "r", "ز": "z", "ژ": "j", "ظ": "z", "س": "s", "ص": "s", "ش": "c", "غ": "g", "ف": "f", "ڤ": "v"},
    **{"ق": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ا": "a", "ع": "a"},
}
# Longest first. "c" is the sound of ش, "x" of خ; French ou before a vowel is و.
_LATIN = [
    (r"^abd[aeiou]?(?:l|([rsznt])(?=\1))?[- ]?(?=[a-z])", "abd"),
    (r"([b-df-hj-np-tv-z])\1+", r"\1"),
    (r"tch|sch|sh|ch|ç|ş", "C"),
    (r"kh", "X"),
    (r"gh|ğ", "g"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"dh", "d"),
    (r"dj", "j"),
    (r"^ou(?=[aeiy])", "w"),
    (r"c(?=[eiy])", "s"),
    (r"[cq]", "k"),
    (r"x", "ks"),
    (r"p", "b"),
]
_LATIN_RULES = [(re.compile(pattern), replacement) for pattern, replacement in _LATIN]
_SERVANT = re.compile(r"\b(عبد|abd(?:[aeiou]?[lrsznt])?)[\s-]+(?:ال)?(?=\w)")
_ARTICLES = re.compile(r"\b(?:al|el|ul|l|(?:a|e|u)(?:sh|th|dh|[sdtrznl]))[- ]+(?=\w)")
_ARTICLE = re.compile(r"\bال(?=\w{2})")
_JOINED_ARTICLE = re.compile(r"^[ae]l(?=[^aeiou\W]\w{3})")
_WORDS = re.compile(r"\w+")
_COARSE = str.maketrans({"d": "t", "z": "s", "g": "k", "j": "k", "c": "s", "a": None, "y": None})


def skeleton(name: str) -> str:
    """The skeleton, words apart by a space: "smr bkn". Empty for a name without consonants or of another script."""
    return " ".join(filter(None, (_word(word) for word in _words(name))))


def coarse_skeleton(name: str) -> str:
    """The coarser second key; more names share it, so it ranks below the first."""
    return " ".join(filter(None, (_coarse(_JOINED_ARTICLE.sub("", word)) for word in _words(name))))


def _words(name: str) -> list[str]:
    # ç and ş say more than c and s; fold() would lose them.
    kept = name.replace("ç", "ch").replace("Ç", "ch").replace("ş", "sh").replace("Ş", "sh")
    text = re.sub(r"(?<=\w)['’‘ʼ`](?=\w)", "", kept)
    # Twice: Abd Al-Rahman is three words.
    text = _SERVANT.sub(r"\1", _SERVANT.sub(r"\1", fold(text)))
    return _WORDS.findall(_ARTICLE.sub("", _ARTICLES.sub("", text)))


def _word(word: str) -> str:
    return _consonants(_letters(word)).replace("v", "f")


def _coarse(word: str) -> str:
    # A Turkish c is ج: Cemal, Recep.
    consonants = _consonants(_letters(word.replace("ch", "C").replace("c", "k").replace("C", "ch")))
    first = consonants[:1].replace("x", "h").replace("v", "w")
    return (first + re.sub("[xhv]", "", consonants[1:])).translate(_COARSE)


def _letters(word: str) -> str:
    if not word.isascii():
        return "".join(_ARABIC.get(letter, "") for letter in word)
    for pattern, replacement in _LATIN_RULES:
        word = pattern.sub(replacement, word)
    return re.sub("[^a-z]", "", word.replace("C", "c").replace("X", "x"))


def _consonants(letters: str) -> str:
    """A first vowel counts as one sign, later vowels not at all; a last h is ta marbuta as often as not."""
    first = "a" if letters[:1] in tuple("aeiou") else letters[:1]
    return first + re.sub("[aeiouwy]", "", letters[1:]).removesuffix("h")
