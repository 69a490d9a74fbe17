"""Pages of municipalities: the directory, and one with its figures, its members and its topics."""

from flask import Blueprint, render_template, request

from forum.core import clock
from forum.core.languages import current_speech, detect, direction_of, in_digits
from forum.core.paging import Page
from forum.core.web import current_reader
from forum.members.queries.names import directory as members_in
from forum.municipalities import queries
from forum.municipalities.forms import MunicipalityFilter
from forum.municipalities.models import other_name
from forum.topics import queries as topics
from forum.workshops.queries import around

pages = Blueprint("municipalities", __name__, url_prefix="/<language:language>")


@pages.get("/municipalities")
def index() -> str:
    """All of them by name; `?name=` in any of the four languages and `?country=` leave fewer."""
    form = MunicipalityFilter(request.args)
    return render_template("municipalities/index.html", form=form, page=asked_page(form), asked=form.asked())


def asked_page(form: MunicipalityFilter) -> Page:
    """The page of the directory that this request asks for."""
    return queries.directory(current_speech().locale, cursor=request.args.get("cursor"), **form.asked())


@pages.get("/municipalities/<id:municipality_id>")
def show(municipality_id: int) -> str:
    """One municipality."""
    reader, language = current_reader(), current_speech().locale
    municipality = queries.get_municipality(municipality_id)
    names = queries.names_of(municipality_id)
    source_language = detect(municipality.population_source, fallback="en") or "en"  # one text, whoever reads it
    started = topics.by_municipality(municipality_id, reader=reader, language=language)
    return render_template(
        "municipalities/show.html",
        municipality=municipality,
        name=names[language],
        other=other_name(names, municipality.country, language),
        year=in_digits(str(municipality.population_year or "")),
        source_language=source_language,
        source_direction=direction_of(source_language),
        members=members_in(language, municipality_id=municipality_id, cursor=request.args.get("cursor")),
        topics=started,
        around=around([row.id for row in started.items], language),
        now=clock.now(),
    )
