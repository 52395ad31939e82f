"""The refusals of the domain as sentences, each with the next step."""

from django.utils.translation import gettext as _

from moussem.engines.eligibility.assess import Verdict
from moussem.programmes.domain.applications import AlreadyApplied, CallNotOpen, NothingSaid, WrongState
from moussem.programmes.domain.determinations import (
    AmountNeeded,
    Conflicted,
    EnvelopeNotStated,
    NotEligible,
    OverEnvelope,
)
from moussem.programmes.domain.landing import ProjectOfAnother
from moussem.programmes.domain.programmes import NobodyDescribed, ProgrammeNotPublic
from moussem.programmes.domain.queries.pages import dirhams
from moussem.programmes.domain.rules import RulesUnreadable
from moussem.programmes.enums import ApplicationState

REFUSALS = (
    AlreadyApplied,
    AmountNeeded,
    CallNotOpen,
    Conflicted,
    EnvelopeNotStated,
    NobodyDescribed,
    NotEligible,
    NothingSaid,
    OverEnvelope,
    ProgrammeNotPublic,
    ProjectOfAnother,
    RulesUnreadable,
    WrongState,
)
"""What a page catches."""


def sentence_of(refusal: Exception) -> str:
    """Why it was refused, and what to do next."""
    if isinstance(refusal, OverEnvelope):
        left = {"left": dirhams(refusal.left)}
        return _("Only %(left)s are left of the envelope. Give less, or enlarge the envelope first.") % left
    if isinstance(refusal, NotEligible):
        return _not_eligible(refusal)
    if isinstance(refusal, WrongState):
        stands = {"state": ApplicationState(refusal.state).label}
        return _("The application stands at “%(state)s”, where this is not done. Nothing was changed.") % stands
    return _PLAIN[type(refusal)]()


def meanwhile(there: str) -> str:
    """For whoever saves second: what stands there now, and that nothing of theirs is lost."""
    said = _("Somebody else saved this meanwhile: %(there)s. Nothing of yours was saved. Save again to replace it.")
    return said % {"there": there}


def _not_eligible(refusal: NotEligible) -> str:
    if refusal.verdict is Verdict.NO:
        return _("By the rules the project is not eligible: it cannot be accepted. Refuse it, or ask for a correction.")
    return _("The rules cannot answer yet, so that it cannot be accepted. Ask the applicant for what is missing.")


_PLAIN = {
    AlreadyApplied: lambda: _("This organisation has an application under way in this call. Open that one."),
    AmountNeeded: lambda: _("State the amount, above zero: this programme gives money."),
    CallNotOpen: lambda: _("This call is not open now. Look at its dates."),
    Conflicted: lambda: _("You act for this applicant, so that somebody else decides."),
    EnvelopeNotStated: lambda: _("No envelope is stated. State it on the programme or the call first."),
    NobodyDescribed: lambda: _("Name the winner, or describe them as the source does."),
    NothingSaid: lambda: _("Write why: the applicant reads it."),
    ProgrammeNotPublic: lambda: _("The programme is not public yet. Publish it first."),
    ProjectOfAnother: lambda: _("This project is another organisation’s. Choose one of the applicant’s, or a new one."),
    RulesUnreadable: lambda: _("These rules cannot be read by machine. Write a new version of them."),
}
