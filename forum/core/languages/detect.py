"""In which of the four languages a text is written: by script, then by small words and telling letters."""

import re

from forum.core.languages.direction import lean

_NOISE = re.compile(
    r"(?ms)^(```|~~~).*?(?:^\1|\Z)|`[^`\n]*`|^\s*>.*?$|https?://\S+|www\.\S+|\b[\w.+-]{1,64}@[\w.-]{1,255}|@[\w.-]+|#\w+"
)
_WORDS = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "en": """the of and to in is that it for was on are with as be at by this have from or had not but what all were we
        when your can said there use an each which she do how their if will up other about out many then them these so
        some her would make like him into has our you i my they more no who please thanks thank hello good any could
        should been did its also than only over after very just may where why here us me he yes dear""",
    "fr": """le la les de des du un une et à au aux en est sont que qui dans pour sur avec par pas plus ce cette ces il
        elle nous vous ils elles on je tu mais ou où donc leur leurs notre votre nos vos son sa ses mon ma mes comme
        être avoir fait été très bien aussi tout tous toutes sans si ne se y merci bonjour cela ça entre chez peut
        afin lors quelle quel quels quelles était ont avons avez c l d j n s qu""",
    "tr": """ve bir bu da de için ile çok daha ne var yok mi mı mu mü olarak gibi ama en kadar sonra ben sen biz siz
        onlar şu o değil olan oldu her şey nasıl neden teşekkürler merhaba evet hayır ki ya veya hem ise bizim sizin
        bunu bana size bize göre üzere önce şimdi yeni iyi olduğu olduğunu etmek eden tarafından arasında üzerinde
        hakkında belediye belediyesi belediyeler lütfen sayın selam nerede kim niçin ancak çünkü""",
}
_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)

# A letter that only one of the three writes weighs half a small word.
_TELLING = {"tr": re.compile("[ğışĞİŞ]"), "fr": re.compile("[éèêàùœîôëæÉÈÊÀŒ]")}
_ROUNDED = re.compile("[öüÖÜ]")


def detect(words: str, *, fallback: str | None) -> str | None:
    """ "ar", "en", "fr" or "tr"; `fallback` (the author's last language) under two words or without evidence.

    Quotes, code, addresses and mentions are not the author's words and do not count.
    """
    text = _NOISE.sub(" ", words[:20_000])
    found = _WORDS.findall(text)
    if len(found) < 2:
        return fallback
    if lean(text) == "rtl":
        return "ar"
    scores = dict.fromkeys(_SMALL_WORDS, 0.0)
    for word in found:
        lower = "i" if word == "I" else word.replace("İ", "i").lower()
        languages = _LANGUAGES_OF.get(lower, ())
        for language in languages:
            scores[language] += 1 / len(languages)
        for language, letters in _TELLING.items():
            scores[language] += 0.5 * (letters.search(word) is not None)
        scores["tr"] += 0.25 * (_ROUNDED.search(word) is not None)
    best = max(scores.values())
    winners = [language for language, score in scores.items() if score == best]
    if not best:
        return fallback
    return winners[0] if len(winners) == 1 else fallback if fallback in winners else winners[0]
