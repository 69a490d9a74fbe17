"""Letters about surveys, in their recipient's language."""

from forum.core.db import db
from forum.core.languages import current_speech, format_moment
from forum.core.languages import gettext as _
from forum.core.mail import Words, address_of, called, isolated, write
from forum.inquiries.models import Survey, SurveyText
from forum.members.mailings import to
from forum.members.models import Member
from forum.questionnaires.models import HolderKind


def _title(survey: Survey) -> str:
    text = db.session.get(SurveyText, (survey.id, current_speech().locale))
    return isolated(text.title) if text else ""


def _until(survey: Survey) -> str:
    return _("It is open until %(when)s.", when=format_moment(survey.closes_at))


def invitation(member: Member, survey: Survey) -> None:
    """A survey asks them, or their municipality."""

    def say(_site: str) -> Words:
        asked = _("You are asked to answer a survey of the network: “%(title)s”.", title=_title(survey))
        how = _("Nobody sees who answered what; words are read without names by those who manage the network.")
        if survey.voice == HolderKind.MUNICIPALITY:
            asked = _(
                "Your municipality is asked to answer a survey of the network: “%(title)s”.", title=_title(survey)
            )
            how = _("One of you fills it in, the focal point approves it: each municipality answers once.")
        return Words(
            _("A survey for you: %(title)s", title=_title(survey)),
            [asked, _until(survey), how],
            (_("Answer the survey"), address_of("inquiries.show", survey_id=survey.id)),
        )

    write("survey", to(member), say)


def reminder(member: Member, survey: Survey) -> None:
    """It closes in two days, and neither they nor their municipality have answered."""

    def say(_site: str) -> Words:
        missing = _("Your answer to “%(title)s” is still missing.", title=_title(survey))
        if survey.voice == HolderKind.MUNICIPALITY:
            missing = _("The answer of your municipality to “%(title)s” is still missing.", title=_title(survey))
        return Words(
            _("Closing soon: %(title)s", title=_title(survey)),
            [missing, _until(survey)],
            (_("Answer the survey"), address_of("inquiries.show", survey_id=survey.id)),
            after=[_("This is the only reminder.")],
        )

    write("survey_reminder", to(member), say)


def to_approve(member: Member, survey: Survey, *, by_name: str) -> None:
    """A colleague has filled it in."""

    def say(_site: str) -> Words:
        return Words(
            _("Answers of your municipality wait for you"),
            [
                _(
                    "%(name)s has filled in “%(title)s” for your municipality. It counts once you approve it.",
                    name=called(by_name),
                    title=_title(survey),
                ),
                _until(survey),
            ],
            (_("Read and approve"), address_of("inquiries.show", survey_id=survey.id)),
        )

    write("survey_approval", to(member), say)
