"""Keeping the tree of themes: pages for staff."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Forbidden, Refused
from forum.core.languages import current_speech
from forum.core.reader import Reader
from forum.core.web import signed_in_reader
from forum.topics import actions, queries, rules
from forum.topics.forms import ThemeForm
from forum.topics.models import Theme
from forum.topics.views.blueprint import pages


@pages.get("/themes/new")
def new_theme() -> str:
    """The form for a theme more."""
    keeper()
    return _page(None, ThemeForm(data={"position": 0}))


@pages.post("/themes")
def add_theme() -> BaseResponse | tuple[str, int]:
    """Put a theme into the tree."""
    reader, form = keeper(), ThemeForm.sent()
    try:
        form.check()
        with transaction():
            actions.add_theme(
                names=form.names(), parent_id=form.parent.data, position=form.position.data or 0, by=reader
            )
    except Refused as refused:
        form.take(refused)
        return _page(None, form), refused.status
    return redirect(url_for("topics.themes"), 303)


@pages.get("/themes/<id:theme_id>/edit")
def edit_theme(theme_id: int) -> str:
    """The form for other names and another place."""
    keeper()
    theme = queries.get_theme(theme_id)
    names = {f"name_{language}": name for language, name in queries.theme_names(theme.id).items()}
    return _page(theme, ThemeForm(data={**names, "parent": theme.parent_id, "position": theme.position}))


@pages.put("/themes/<id:theme_id>")
def change_theme(theme_id: int) -> BaseResponse | tuple[str, int]:
    """Give a theme other names and another place."""
    reader, form = keeper(), ThemeForm.sent()
    theme = queries.get_theme(theme_id)
    try:
        form.check()
        with transaction():
            actions.change_theme(
                theme, names=form.names(), parent_id=form.parent.data, position=form.position.data or 0, by=reader
            )
    except Refused as refused:
        form.take(refused)
        return _page(theme, form), refused.status
    return redirect(url_for("topics.themes"), 303)


@pages.put("/themes/<id:theme_id>/retirement")
def retire_theme(theme_id: int) -> BaseResponse:
    """Offer it no more."""
    reader = keeper()
    with transaction():
        actions.retire_theme(queries.get_theme(theme_id), by=reader)
    return redirect(url_for("topics.themes"), 303)


@pages.delete("/themes/<id:theme_id>/retirement")
def bring_theme_back(theme_id: int) -> BaseResponse:
    """Offer it again."""
    reader = keeper()
    with transaction():
        actions.bring_theme_back(queries.get_theme(theme_id), by=reader)
    return redirect(url_for("topics.themes"), 303)


def keeper() -> Reader:
    """The reader, who may keep the tree of themes."""
    reader = signed_in_reader()
    if not rules.may_manage_themes(reader):
        raise Forbidden
    return reader


def _page(theme: Theme | None, form: ThemeForm) -> str:
    tree = queries.theme_tree(current_speech().locale)
    inside = queries.subtree(tree, theme.id) if theme else []
    return render_template(
        "topics/edit_theme.html", theme=theme, form=form, branches=[one for one in tree if one.id not in inside]
    )
