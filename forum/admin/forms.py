"""What a browser may send about the site."""

from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput

from forum.core.forms import Shape, Whole
from forum.core.languages import LANGUAGES, NAMES, lazy_gettext
from forum.core.languages import gettext as _
from forum.core.site import BOUNDS, Site

OWN_NAMES = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]


def starters() -> list[SelectChoice]:
    """Who may start topics."""
    return [SelectChoice("members", _("All members")), SelectChoice("staff", _("Moderators and managers"))]


class SiteForm(Shape):
    """All settings of the site."""

    name_ar = StringField(NAMES["ar"])
    name_en = StringField(NAMES["en"])
    name_fr = StringField(NAMES["fr"])
    name_tr = StringField(NAMES["tr"])
    welcome_ar = TextAreaField(NAMES["ar"])
    welcome_en = TextAreaField(NAMES["en"])
    welcome_fr = TextAreaField(NAMES["fr"])
    welcome_tr = TextAreaField(NAMES["tr"])
    languages = SelectMultipleField(
        lazy_gettext("Languages on offer"), validate_choice=False, choices=OWN_NAMES, option_widget=CheckboxInput()
    )
    starters = RadioField(lazy_gettext("Who may start topics"), validate_choice=False, choices=starters)
    posts_per_minute = Whole(lazy_gettext("Posts of a member in a minute"))
    topics_per_hour = Whole(lazy_gettext("Topics of a member in an hour"))
    letters_per_day = Whole(lazy_gettext("Letters of a member to others in a day"))
    newcomer_days = Whole(lazy_gettext("Days for which a member counts as new"))
    newcomer_posts = Whole(lazy_gettext("Posts of a new member in a day"))
    newcomer_topics = Whole(lazy_gettext("Topics of a new member in a day"))
    newcomer_letters = Whole(lazy_gettext("Letters of a new member in a day"))
    newcomer_links = Whole(lazy_gettext("Links to other sites in a post of a new member"))
    held_posts = Whole(lazy_gettext("First posts of a member that moderators look at before others see them"))
    newcomer_mentions = Whole(lazy_gettext("Names that a post of a new member may call"))
    files_per_hour = Whole(lazy_gettext("Files of a member in an hour"))
    newcomer_files = Whole(lazy_gettext("Files of a new member in a day"))
    member_files_mb = Whole(lazy_gettext("Room for a member's files, in MB"))
    site_files_mb = Whole(lazy_gettext("Room for everybody's files, in MB"))

    @staticmethod
    def shown(site: Site) -> dict[str, Any]:
        """What holds now, for the fields."""
        texts = {f"name_{language}": site.names.get(language, "") for language in LANGUAGES}
        texts |= {f"welcome_{language}": site.welcome.get(language, "") for language in LANGUAGES}
        limits = {name: getattr(site, name) for name in BOUNDS}
        return {**texts, **limits, "languages": list(site.languages), "starters": site.starters}

    def asked(self) -> dict[str, Any]:
        """What `change_site` takes."""
        return {
            "names": {language: self._fields[f"name_{language}"].data or "" for language in LANGUAGES},
            "welcome": {language: self._fields[f"welcome_{language}"].data or "" for language in LANGUAGES},
            "languages": self.languages.data or [],
            "starters": self.starters.data,
            **{name: self._fields[name].data for name in BOUNDS},
        }
