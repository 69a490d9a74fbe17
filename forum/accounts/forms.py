"""What a browser may send about an account as a whole."""

from wtforms import PasswordField, SearchField, StringField

from forum.core.forms import Filter, Needed, Shape, Whole
from forum.core.languages import lazy_gettext


class OwnPasswordForm(Shape):
    """Who sits at an open page may be somebody else."""

    current = PasswordField(lazy_gettext("Your password"), [Needed()])


class ReasonForm(Shape):
    """A manager says why."""

    why = StringField(lazy_gettext("Reason"))


class OtherFilter(Filter):
    """Which account may be another one of the same person."""

    name = SearchField(lazy_gettext("Name or e-mail address"))


class MergeForm(ReasonForm):
    """Two accounts, of which one stays."""

    other = Whole(lazy_gettext("The other account"), [Needed()])
    stays = Whole(lazy_gettext("Which one stays?"))
