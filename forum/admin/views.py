"""The settings of the site: a page for managers."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from forum.admin.forms import SiteForm
from forum.core.db import transaction
from forum.core.door import reader_who
from forum.core.errors import Refused
from forum.core.languages import gettext as _
from forum.core.reader import Reader
from forum.core.site import change_site, current_site, may_manage_site

pages = Blueprint("admin", __name__, url_prefix="/<language:language>")


@pages.get("/site")
def site_page() -> str:
    """The form with what holds now."""
    manager()
    return render_template("admin/site.html", form=SiteForm(data=SiteForm.shown(current_site())))


@pages.put("/site")
def change() -> BaseResponse | tuple[str, int]:
    """Change it; every page shows it from now on."""
    reader, form = manager(), SiteForm.sent()
    try:
        form.check()
        with transaction():
            change_site(form.asked(), by=reader)
    except Refused as refused:
        form.take(refused)
        return render_template("admin/site.html", form=form), refused.status
    flash(_("The settings of the site are changed."))
    return redirect(url_for("admin.site_page"), 303)


def manager() -> Reader:
    """Who is asking, if they may."""
    return reader_who(may_manage_site)
