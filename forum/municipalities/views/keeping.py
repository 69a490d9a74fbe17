"""Adding, changing and merging municipalities: for managers."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core.db import transaction
from forum.core.errors import Invalid, Refused
from forum.core.languages import current_speech
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.municipalities import actions, queries
from forum.municipalities.forms import MergeForm, MunicipalityForm
from forum.municipalities.models import Municipality
from forum.municipalities.views.blueprint import keeper, pages


@pages.get("/municipalities/new")
def new() -> str:
    """The form for a new one."""
    keeper()
    return _page(MunicipalityForm())


@pages.post("/municipalities")
def add() -> BaseResponse | tuple[str, int]:
    """Add it."""
    reader, form = keeper(), MunicipalityForm.sent()
    try:
        form.check()
        with transaction():
            made = actions.add_said(form.asked(), by=reader).id
    except Refused as refused:
        form.take(refused)
        return _page(form), refused.status
    flash(_("The municipality is in the directory now."))
    return redirect(url_for("municipalities.show", municipality_id=made), 303)


@pages.get("/municipalities/<id:municipality_id>/edit")
def edit_page(municipality_id: int) -> str:
    """The form with what holds now."""
    keeper()
    found = queries.get_municipality(municipality_id)
    held = MunicipalityForm.shown(found, queries.words_of(found.id))
    return _page(MunicipalityForm(data=held), found)


@pages.put("/municipalities/<id:municipality_id>")
def edit(municipality_id: int) -> BaseResponse | tuple[str, int]:
    """Change it; every page shows it at once."""
    reader, form = keeper(), MunicipalityForm.sent()
    found = queries.get_municipality(municipality_id)
    try:
        form.check()
        with transaction():
            actions.change_municipality(queries.get_municipality(municipality_id), form.asked(), by=reader)
    except Refused as refused:
        form.take(refused)
        return _page(form, found), refused.status
    flash(_("The municipality is changed."))
    return redirect(url_for("municipalities.show", municipality_id=municipality_id), 303)


def _page(form: MunicipalityForm, municipality: Municipality | None = None) -> str:
    words = queries.words_of(municipality.id) if municipality else None
    return render_template(
        "municipalities/edit.html",
        form=form,
        municipality=municipality,
        name=words.names[current_speech().locale] if words else None,
        old_names=words.old_names if words else [],
    )


@pages.get("/municipalities/<id:municipality_id>/merger")
def merger_page(municipality_id: int) -> str:
    """First into which one; with `?into=` what will happen, in words that name both."""
    keeper()
    form = MergeForm(data={"into": request.args.get("into", "")})
    return _merger_page(municipality_id, form)


def _merger_page(municipality_id: int, form: MergeForm, refused: Refused | None = None) -> str:
    language = current_speech().locale
    names = queries.names_of(queries.get_municipality(municipality_id).id)
    into = form.into_id if form.into_id != municipality_id and queries.is_known(form.into_id) else None
    return render_template(
        "municipalities/merger.html",
        form=form,
        refused=refused,
        municipality_id=municipality_id,
        name=names[language],
        into=into,
        into_name=queries.names_of(into)[language] if into else None,
        counts=queries.counts_at(municipality_id) if into else {},
    )


@pages.put("/municipalities/<id:municipality_id>/merger")
def merge(municipality_id: int) -> BaseResponse | tuple[str, int]:
    """They are one from now on."""
    reader, form = keeper(), MergeForm.sent()
    queries.get_municipality(municipality_id)
    try:
        form.check()
        into = merge_both(municipality_id, form.into_id, reader)
    except Refused as refused:
        form.take(refused)
        return _merger_page(municipality_id, form, refused), refused.status
    flash(_("The two municipalities are one now. The old address leads here."))
    return redirect(url_for("municipalities.show", municipality_id=into), 303)


def merge_both(municipality_id: int, into_id: int, reader: Reader) -> int:
    """Merge, for page and API alike; the id of the one that stays."""
    with transaction():
        if not queries.is_known(into_id):
            raise Invalid(fields={"into": _("Please choose a municipality from the list.")})
        one, other = queries.get_municipality(municipality_id), queries.get_municipality(into_id)
        actions.merge_municipalities(one, into=other, by=reader)
    return into_id
