"""The directory of municipalities, and one with its figures, its members and its topics."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.core import clock
from forum.core.errors import NotFound
from forum.core.languages import LANGUAGES, current_speech, detect, direction_of, in_digits, ngettext
from forum.core.languages.countries import country_name
from forum.core.paging import Page
from forum.core.text import shortened
from forum.core.web import current_reader
from forum.members.queries.names import directory as members_in
from forum.municipalities import queries
from forum.municipalities.forms import MunicipalityFilter
from forum.municipalities.models import SPOKEN, Municipality, other_name
from forum.municipalities.rules import may_manage_municipalities
from forum.municipalities.views.blueprint import pages
from forum.topics import queries as topics
from forum.workshops.queries import around


@pages.get("/municipalities")
def index() -> str:
    """All of them by name; `?name=` in any of the four languages and `?country=` leave fewer."""
    form = MunicipalityFilter(request.args)
    may_manage = may_manage_municipalities(current_reader())
    page, asked = asked_page(form), form.asked()
    return render_template("municipalities/index.html", form=form, page=page, asked=asked, may_manage=may_manage)


def asked_page(form: MunicipalityFilter) -> Page:
    """The page of the directory that this request asks for."""
    return queries.directory(current_speech().locale, cursor=request.args.get("cursor"), **form.asked())


@pages.get("/municipalities/<id:municipality_id>")
def show(municipality_id: int) -> str | BaseResponse:
    """One municipality; one that was merged leads to the other."""
    reader, language = current_reader(), current_speech().locale
    municipality = queries.find_row(municipality_id)
    if municipality is None:
        raise NotFound
    if municipality.merged_into_id is not None:
        return redirect(url_for("municipalities.show", municipality_id=municipality.merged_into_id), 301)
    names, texts, old_names = queries.words_of(municipality_id)
    written = next((one for one in (language, *SPOKEN.get(municipality.country, ()), *LANGUAGES) if one in texts), None)
    source_language = detect(municipality.population_source, fallback="en") or "en"  # one text, whoever reads it
    started = topics.by_municipality(municipality_id, reader=reader, language=language)
    return render_template(
        "municipalities/show.html",
        municipality=municipality,
        name=names[language],
        canonical=url_for("municipalities.show", municipality_id=municipality.id),
        shared={"title": names[language], "description": _shared(municipality, texts.get(language, ""))},
        other=other_name(names, municipality.country, language),
        words=texts[written] if written else "",
        words_language=written,
        old_names=old_names,
        may_manage=may_manage_municipalities(reader),
        year=in_digits(str(municipality.population_year or "")),
        source_language=source_language,
        source_direction=direction_of(source_language),
        members=members_in(language, municipality_id=municipality_id, cursor=request.args.get("cursor")),
        topics=started,
        around=around([row.id for row in started.items], language),
        now=clock.now(),
    )


def _shared(municipality: Municipality, words: str) -> str:
    """What messengers say of it, in the page's language."""
    if words:
        return shortened(" ".join(words.split()), 200)
    hosted = municipality.hosted_population
    parts = [country_name(municipality.country)]
    if hosted is not None:
        parts.append(ngettext("hosts %(num)s person", "hosts %(num)s people", hosted))
    return " · ".join(parts)
