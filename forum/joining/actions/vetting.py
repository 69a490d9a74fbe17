"""Towns that applicants named and the network does not know: new, one that it has, or no."""

from collections.abc import Mapping

from forum.core import audit
from forum.core.errors import Conflict, Forbidden, Invalid
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.joining import queries, rules
from forum.joining.actions.deciding import decline, new_municipality
from forum.joining.models import Application
from forum.municipalities import queries as municipalities


def settle_town(
    application_id: int,
    *,
    by: Reader,
    municipality_id: int | None = None,
    names: Mapping[str, str] | None = None,
    country: str = "",
) -> int:
    """Say which municipality is meant: one of the network, or a new one with these names in four languages. All who
    wait and named the same town belong to it then; who becomes a member is decided as before. Returns its id."""
    asked = _waiting(application_id, by)
    if municipality_id is not None and not municipalities.is_known(municipality_id):
        raise Invalid(fields={"municipality": _("Please choose a municipality from the list.")})
    meant = municipality_id or new_municipality(names or {}, country, by=by)
    for application in asked:
        said = {"town": application.town, "municipality": meant}
        application.municipality_id, application.town, application.country = meant, "", ""
        audit.note("town settled", actor_id=by.id, subject=("application", application.id), **said)
    return meant


def refuse_town(application_id: int, *, by: Reader, answer: str) -> int:
    """It cannot join: all who wait for it are declined with this reason. Returns how many."""
    asked = _waiting(application_id, by)
    for application in asked:
        decline(application.id, by=by, answer=answer)
    return len(asked)


def _waiting(application_id: int, by: Reader) -> list[Application]:
    if not rules.may_decide(by):
        raise Forbidden
    first = queries.get_waiting(application_id)
    if first.municipality_id is not None:
        raise Conflict(_("Another manager has said in the meantime which municipality is meant."))
    return queries.naming_the_same(first)
