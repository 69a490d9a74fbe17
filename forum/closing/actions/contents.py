"""What a closing says, as plain data. As a draft it is what somebody typed: `{"summary": {language: Markdown},
"recommendations": {…}, "attendance": number or None, "recording_link": address, "recording_material": id or None,
"objectives": {objective id as text: {"outcome", "words": {language: words}, "posts": addresses, a line each}}}`. As a
record it has clean HTML beside each text of the two, and ids of posts in place of addresses."""

from typing import Any

from forum.attending.actions.deciding import find_linked_post
from forum.closing.models import Outcome
from forum.closing.queries import all_may_read
from forum.core.errors import Invalid
from forum.core.languages import LANGUAGES, clean_body, clean_line, current_speech, has_visible
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.text import MAX_WORDS, render
from forum.workshops.actions.links import is_link
from forum.workshops.models import LONGEST_LINK, Workshop
from forum.workshops.queries import find_material, find_space_of, objective_ids_of

TEXTS = ("summary", "recommendations")
LONGEST_WORDS = 2000  # of what became of an objective
MOST_POSTS = 10  # links of one objective
MOST_PEOPLE = 100_000

Content = dict[str, Any]


def draft_from(said: Content, workshop: Workshop) -> Content:
    """What is kept between visits; raises Invalid for what no column holds."""
    wrong: dict[str, str] = {}
    kept: Content = {}
    for part in TEXTS:
        kept[part] = {}
        for language in LANGUAGES:
            words = clean_body((said.get(part) or {}).get(language) or "")
            if len(words) > MAX_WORDS:
                wrong[f"{part}_{language}"] = _("At most %(num)s characters.", num=MAX_WORDS)
            elif words:
                kept[part][language] = words
    number = said.get("attendance")
    if number is not None and not 0 <= number <= MOST_PEOPLE:
        wrong["attendance"] = _("A whole number from 0 to %(num)s, or nothing.", num=MOST_PEOPLE)
    kept["attendance"] = number
    kept["recording_link"] = clean_line(said.get("recording_link") or "")[:LONGEST_LINK]
    kept["recording_material"] = said.get("recording_material") or None
    kept["objectives"] = {}
    for id in map(str, objective_ids_of(workshop.id)):
        one = (said.get("objectives") or {}).get(id) or {}
        said_of_it = {lang: clean_body((one.get("words") or {}).get(lang) or "") for lang in LANGUAGES}
        outcome, posts = one.get("outcome") or "", clean_body(one.get("posts") or "")
        if outcome and outcome not in set(Outcome):
            wrong[f"outcome_{id}"] = _("Choose one of these.")
        for lang in [lang for lang, words in said_of_it.items() if len(words) > LONGEST_WORDS]:
            wrong[f"words_{id}_{lang}"] = _("At most %(num)s characters.", num=LONGEST_WORDS)
        if len(posts.splitlines()) > MOST_POSTS or len(posts) > MOST_POSTS * LONGEST_LINK:
            wrong[f"posts_{id}"] = _("At most %(num)s posts.", num=MOST_POSTS)
        if outcome or posts or any(said_of_it.values()):
            words = {lang: words for lang, words in said_of_it.items() if words}
            kept["objectives"][id] = {"outcome": outcome, "words": words, "posts": posts}
    if wrong:
        raise Invalid(fields=wrong)
    return kept


def record_from(draft: Content, workshop: Workshop, *, by: Reader) -> Content:
    """What is published; raises Invalid for what a record needs and the draft does not say yet."""
    wrong: dict[str, str] = {}
    if not any(has_visible(words) for words in draft["summary"].values()):
        wrong[f"summary_{current_speech().locale}"] = _("A record needs a summary, in one language at least.")
    link = draft["recording_link"]
    if link and not is_link(link, longest=LONGEST_LINK):
        wrong["recording_link"] = _("A web address that begins with https, please.")
    material = draft["recording_material"]
    if material is not None and find_material(workshop.id, material) is None:
        wrong["recording_material"] = _("Choose one of the materials.")
    space = find_space_of(workshop.id)
    own_space = (space.id, space.kind) if space else (0, "")
    outcomes = {}
    for id in map(str, objective_ids_of(workshop.id)):
        one = draft["objectives"].get(id) or {"outcome": "", "words": {}, "posts": ""}
        if not one["outcome"]:
            wrong[f"outcome_{id}"] = _("Say what became of this objective.")
        posts = []
        for line in filter(None, map(clean_line, one["posts"].splitlines())):
            post_id = find_linked_post(line, by=by)
            if post_id is None:
                wrong[f"posts_{id}"] = _("There is no post at “%(address)s”.", address=line[:80])
            elif not all_may_read(post_id, own_space=own_space):
                wrong[f"posts_{id}"] = _("Not everybody who sees the event may read “%(address)s”.", address=line[:80])
            elif post_id not in posts:
                posts.append(post_id)
        outcomes[id] = {"outcome": one["outcome"], "words": one["words"], "posts": posts}
    if wrong:
        raise Invalid(fields=wrong)
    texts = {part: {lang: _rendered(words, lang) for lang, words in draft[part].items()} for part in TEXTS}
    kept = {name: draft[name] for name in ("recording_link", "recording_material")}
    return texts | kept | {"objectives": outcomes}


def _rendered(words: str, language: str) -> dict[str, Any]:
    rendered = render(words, language=language)
    return {"words": words, "html": rendered.html, "renderer": rendered.renderer}
