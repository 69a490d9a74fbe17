"""Lists of topics on one page: what to show and what narrows it stand in the address."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy import Row
from wtforms.fields import SelectChoice

from forum.core import clock
from forum.core.errors import NotFound, SignInNeeded
from forum.core.languages import NAMES, clean_title, current_speech
from forum.core.languages import gettext as _
from forum.core.languages.countries import country_name
from forum.core.paging import Page
from forum.core.reader import Reader
from forum.core.web import current_reader, signed_in_reader
from forum.municipalities.models import COUNTRIES
from forum.municipalities.queries import names_of
from forum.topics import queries, rules
from forum.topics.forms import TopicFilter
from forum.topics.queries import Branch, Wanted, Which
from forum.topics.views.blueprint import pages
from forum.workshops.queries import around, get_workshop, topic_ids_in


@pages.get("/topics")
def index() -> str:
    """One list of those that the reader may see, the newest reply first."""
    return _list(which_is_asked())


@pages.get("/topics/unread")
def unread() -> str:
    """What holds posts that the member has not read."""
    signed_in_reader()
    return _list(Which.UNREAD)


def which_is_asked() -> Which:
    """`?show=`; what is no list of ours shows the latest. Raises SignInNeeded for a guest who asks for their own."""
    asked = request.args.get("show", "")
    which = Which(asked) if asked in list(Which) else Which.LATEST
    if which.is_own and current_reader().is_anonymous:
        raise SignInNeeded
    return which


@dataclass(frozen=True)
class Found:
    """A page of topics and what narrowed it."""

    page: Page[Row]
    form: TopicFilter
    tree: Sequence[Branch]
    theme: Branch | None


def find_topics(which: Which, reader: Reader, language: str, *, with_tree: bool) -> Found:
    """The list that the address asks for, for pages and API alike; the API needs the tree only to find a branch."""
    form = TopicFilter(request.args)
    theme_id, workshop_id = form.id_in("theme"), form.id_in("workshop")
    tree = queries.theme_tree(language) if with_tree or theme_id is not None else []
    theme = queries.find_branch(tree, theme_id)
    wanted = Wanted(
        themes=None if theme_id is None else queries.subtree(tree, theme_id),
        tag=tag_asked(form),
        municipality_id=form.id_in("municipality"),
        country=form.asked().get("country"),
        language=form.asked().get("language"),
        topics=None if workshop_id is None else topic_ids_in(workshop_id),
    )
    cursor = request.args.get("cursor")
    return Found(queries.topic_list(which, reader, language, wanted=wanted, cursor=cursor), form, tree, theme)


def tag_asked(form: TopicFilter) -> str | None:
    """The tag in the address, without its #."""
    return clean_title(form.asked().get("tag", "")).lstrip("#").strip() or None


def _list(which: Which) -> str:
    reader, language = current_reader(), current_speech().locale
    found = find_topics(which, reader, language, with_tree=True)
    filters = {name: words for name, words in found.form.asked().items() if name != "show"}
    show = {} if which == Which.LATEST else {"show": str(which)}
    found.form.theme.choices = [SelectChoice("", _("All themes")), *map(_choice, found.tree)]
    return render_template(
        "topics/list.html",
        which=which,
        page=found.page,
        form=found.form,
        filters=filters,
        show=show,
        asked={**show, **filters},
        without={name: _address(show, {one: filters[one] for one in filters if one != name}) for name in filters},
        address=_address,
        theme=found.theme,
        above=queries.path_to(found.tree, found.theme.id) if found.theme else [],
        below=[one for one in found.tree if found.theme and one.parent_id == found.theme.id and not one.is_retired],
        tag=tag_asked(found.form),
        standing=_standing(found, filters, reader, language),
        around=around([row.id for row in found.page.items], language),
        now=clock.now(),
    )


def _address(*parts: Mapping[str, object]) -> str:
    """The list with this query. `url_for` would take `?language=` for the language of the page."""
    query = urlencode({name: value for part in parts for name, value in part.items()})
    return url_for("topics.index") + (f"?{query}" if query else "")


def _choice(branch: Branch) -> SelectChoice:
    return SelectChoice(str(branch.id), "\N{EM SPACE}" * branch.depth + branch.name)


def _standing(found: Found, filters: dict[str, str], reader: Reader, language: str) -> list[tuple[str, str]]:
    """(field, name) of all that narrows the list; of municipality and workshop as far as the reader may see them."""
    names = {
        "theme": found.theme.name if found.theme else "",
        "tag": f"#{tag_asked(found.form)}",
        "language": NAMES.get(filters.get("language", ""), ""),
        "country": country_name(filters.get("country", "")) if filters.get("country", "") in COUNTRIES else "",
    }
    if municipality_id := found.form.id_in("municipality"):
        names["municipality"] = names_of(municipality_id).get(language, "")
    if workshop_id := found.form.id_in("workshop"):
        with suppress(NotFound):
            names["workshop"] = get_workshop(workshop_id, reader=reader, language=language).title
    return [(field, names.get(field) or _("Nothing that is open to you")) for field in filters]


@pages.get("/themes")
def themes() -> str:
    """The tree of themes and the tags in use; staff keep it here."""
    reader = current_reader()
    return render_template(
        "topics/themes.html",
        tree=queries.theme_tree(current_speech().locale),
        tags=queries.tags_in_use(reader),
        may_manage=rules.may_manage_themes(reader),
    )
