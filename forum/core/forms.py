"""What a browser or a client may send: WTForms, fed from a form or from JSON, with refusals that come back in the form.

Forms check shapes only; what words may be is the actions' business, so that every face says the same.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, Self

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    Form,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from forum.core.errors import Invalid, Refused
from forum.core.languages import LANGUAGES, NAMES, clean_line, lazy_gettext, to_latin_digits
from forum.core.languages import gettext as _
from forum.core.submissions import LONGEST_KEY, SentBefore, fresh_key
from forum.core.web import SAFE

LARGEST_WHOLE = 2**53
LONGEST_FILTER = 80  # characters; no name is longer


class Shape(Form):
    """A form of ours. `form.check()` raises Invalid; `form.take(refused)` shows a refusal at its fields.

    `in_languages` are {name in JSON: beginning of the fields}: {"names": "name"} takes `{"names": {"ar": …}}` into the
    field `name_ar`. `of_pages` names the fields that JSON has no use for; the description of the API leaves them out.
    """

    in_languages: Mapping[str, str] = {}
    of_pages: Collection[str] = ()

    @classmethod
    def sent(cls, **shown: Any) -> Self:
        """What this request's form sent; `shown` fills the form when it is drawn for the first time."""
        return cls(None if request.method in SAFE else request.form, data=shown or None)

    @classmethod
    def of_json(cls, payload: Mapping[str, Any]) -> Self:
        """What a JSON object sent; fields that the form does not have are ignored."""
        form, plain, wrong = cls(), MultiDict(), {}
        payload = cls.spread(payload)
        for name, field in form._fields.items():
            value = payload.get(name)
            if value is None or isinstance(field, SubmitField):
                continue
            if isinstance(field, BooleanField):
                plain.setlist(name, ["true"] if value is True else [])
                if not isinstance(value, bool):
                    wrong[name] = _("This must be true or false.")
                continue
            values = value if isinstance(value, list) and isinstance(field, Several | SelectMultipleField) else [value]
            number = isinstance(field, Whole | Wholes | IdField | IdChoice)
            if any(isinstance(one, bool) or not isinstance(one, (str | int) if number else str) for one in values):
                wrong[name] = _("This must be a whole number.") if number else _("This must be text.")
            else:
                plain.setlist(name, [str(one) for one in values])
        if wrong:
            raise Invalid(fields=wrong)
        form.process(plain)
        return form

    @classmethod
    def spread(cls, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        """The texts of `in_languages` at the fields of their languages."""
        spread = dict(payload)
        for name, single in cls.in_languages.items():
            texts = payload.get(name)
            if texts is not None and not isinstance(texts, dict):
                raise Invalid(fields={name: _("Send an object with a text for each language.")})
            spread |= {f"{single}_{language}": texts[language] for language in LANGUAGES if language in (texts or ())}
        return spread

    def check(self) -> None:
        """Raise Invalid unless every field has its shape."""
        wrong = {}
        for name, field in self._fields.items():
            texts = field.data if isinstance(field, Texts) else [field.data]
            if any(isinstance(text, str) and not _is_text(text) for text in texts or ()):
                wrong[name] = _("This holds signs that are not text.")
        if not self.validate():
            wrong = {name: str(messages[0]) for name, messages in self.errors.items() if name} | wrong
        if wrong:
            raise Invalid(fields=wrong)

    def take(self, refused: Refused) -> None:
        """Show a refusal: each message at its field."""
        for name, message in refused.fields.items():
            if name in self._fields:
                self._fields[name].errors = [message]
        for field in self._fields.values() if isinstance(refused, SentBefore) else ():
            if isinstance(field, Key):
                field.data = fresh_key()


class ForGuests(Shape):
    """A form that anybody may send. People do not see `website`; programs that fill everything fill it too, and are
    told what people are told. `_macros.html` draws it: `trap(form)`."""

    of_pages = ("website",)
    website = StringField(lazy_gettext("Leave this empty"))

    @property
    def is_from_program(self) -> bool:
        """Was the field filled that nobody sees?"""
        return bool(self.website.data)


class Filter(Shape):
    """Fields that leave fewer lines of a list: they come in the address, and whatever they hold finds something or
    nothing."""

    def asked(self) -> dict[str, str]:
        """{field: what was asked} without the empty fields, for the query and for further addresses."""
        given = {name: clean_line(field.data or "")[:LONGEST_FILTER] for name, field in self._fields.items()}
        return {name: words for name, words in given.items() if words}


def _is_text(value: str) -> bool:
    if "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


LARGEST = 2**31 - 1  # that a column of whole numbers holds
_WHOLE = re.compile("-?[0-9]+")
LONGEST_WHOLE = 11  # signs; longer ones are not even read


class Whole(IntegerField):
    """A whole number, in any of the three kinds of digits; None when left empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 12, ١٢ and ۱۲ alike."""
        self.data = None
        text = to_latin_digits(valuelist[0].strip()) if valuelist else ""
        if not text:
            return
        if not _WHOLE.fullmatch(text):
            raise ValueError(_("This must be a whole number."))
        if len(text) > LONGEST_WHOLE or abs(int(text)) > LARGEST:
            raise ValueError(_("This number is too large."))
        self.data = int(text)


class Several(Field):
    """A field with several values: boxes in a form, a list in JSON. `is_given` tells an empty list from none."""

    widget = None
    is_given = False

    def process_formdata(self, valuelist: list[str]) -> None:
        """Each of the values."""
        self.is_given = bool(valuelist)
        self.data = [self.read(text.strip()) for text in valuelist if text.strip()]

    def read(self, text: str) -> Any:
        """One value."""
        return text


class Wholes(Several):
    """Several whole numbers."""

    def read(self, text: str) -> int:
        """In any of the three kinds of digits."""
        text = to_latin_digits(text)
        if not (text.isascii() and text.isdigit()) or len(text) > 15:
            raise ValueError(_("This must be a whole number."))
        return int(text)


class Texts(Several):
    """Several texts; a browser's one line is one of them."""


class IdField(HiddenField):
    """The id of something that was chosen; whether there is such a thing is the action's to say."""


class IdChoice(SelectField):
    """An id out of a list that is offered."""


class LanguageField(SelectField):
    """The language of a text; empty has it detected. Whether it is one of ours is the action's to say."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, choices=self.all, default="", **kwargs)

    @staticmethod
    def all() -> list[SelectChoice]:
        """What can be chosen."""
        named = [SelectChoice(code, NAMES[code]) for code in LANGUAGES]
        return [SelectChoice("", _("detected automatically")), *named]


class Key(HiddenField):
    """The client-made key that makes a second sending harmless; a drawn form brings a fresh one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default=fresh_key, **kwargs)

    def pre_validate(self, form: Any) -> None:
        """Any short text will do."""
        if self.data and len(self.data) > LONGEST_KEY:
            raise ValidationError(_("A key has at most %(num)s characters.", num=LONGEST_KEY))


class Needed:
    """Validator: must not be empty. Says so in the reader's language at the time of the check."""

    field_flags = {"required": True}

    def __call__(self, form: Any, field: Field) -> None:
        """Raise ValidationError when there is nothing."""
        if field.data is None or not str(field.data).strip():
            raise ValidationError(_("Please fill this in."))
