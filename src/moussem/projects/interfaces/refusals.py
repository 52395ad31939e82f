"""Refusals of the verbs of projects and returns as sentences, each with its field (None: the whole form)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from moussem.core.files import FileTooLarge
from moussem.core.formats import day, number
from moussem.engines.values.measures import FigureRefused
from moussem.engines.values.units import LossOfDigits
from moussem.projects.domain import asking, openings, passages, projects, returns

Sentence = tuple[str | None, str]


def _missing(refusal: passages.FieldsMissing) -> Sentence:
    words = ", ".join(str(row.words) for row in refusal.missing)
    return None, _("Before this stage the project states %(what)s. Correct the project or add the promise.") % {
        "what": words
    }


def _same(refusal: Any) -> Sentence:
    return None, _("%(name)s wrote this; another person confirms it. Ask a colleague.") % {"name": refusal}


def _left(refusal: returns.MoreLeftThanWere) -> Sentence:
    sentence = _("More people left than could have been there: at most %(most)s. Correct one of the numbers.")
    return "left", sentence % {"most": number(refusal.most)}


def _hired(refusal: returns.MoreHiredThanStay) -> Sentence:
    sentence = _("More people were hired than are present or have left: at most %(most)s. Correct one of the numbers.")
    return "hired", sentence % {"most": number(refusal.most)}


def _opening(refusal: returns.BeforeOpening) -> Sentence:
    sentence = _("The establishment opened on %(day)s, after this period. Tell the promoter if that is wrong.")
    return None, sentence % {"day": day(refusal.args[0])}


def _holder(refusal: projects.HolderNotPublic) -> Sentence:
    return None, _("“%(name)s” is not public yet. Publish it first, then this project.") % {"name": refusal}


_SENTENCES: tuple[tuple[type[Exception], Callable[[Any], Sentence]], ...] = (
    (passages.FieldsMissing, _missing),
    (passages.NotTheNextStage, lambda _r: (None, _("A project goes on by one stage at a time."))),
    (
        passages.SecondPersonNeeded,
        lambda _r: (None, _("This stage needs evidence and a second person. Say what shows it.")),
    ),
    (passages.ReasonNeeded, lambda _r: ("words", _("Say why."))),
    (passages.AlreadyAsked, lambda _r: (None, _("It waits for a second person already."))),
    (passages.SamePerson, _same),
    (passages.AlreadyAnswered, lambda _r: (None, _("Somebody else answered it before you; nothing was changed."))),
    (passages.EvidenceNeeded, lambda _r: ("words", _("Say what shows it."))),
    (passages.WinnerNeeded, lambda _r: ("lost_to", _("A lost project names the destination that won."))),
    (passages.MovedMeanwhile, lambda _r: (None, _("Somebody moved the project meanwhile. Look at it again."))),
    (projects.HolderNotPublic, _holder),
    (openings.NotAnnounced, lambda _r: (None, _("Only an announcement of jobs or of an investment opens a project."))),
    (
        openings.NotHeld,
        lambda _r: (None, _("The meeting has not taken place by the word of both sides. Ask them first.")),
    ),
    (asking.AlreadyAskedFor, lambda _r: ("period", _("This period was asked for before. Choose another one."))),
    (
        asking.NoEstablishment,
        lambda _r: (None, _("It is not known where people work: correct the project, and name who invests and where.")),
    ),
    (asking.PeriodNotStated, lambda _r: ("period", _("Write a period with a beginning and an end."))),
    (
        returns.AlreadyDeclared,
        lambda _r: (None, _("This was declared before; nothing was changed. Open the page again to correct it.")),
    ),
    (returns.NotDeclared, lambda _r: (None, _("There is nothing declared here that could be checked or corrected."))),
    (returns.MoreLeftThanWere, _left),
    (returns.MoreHiredThanStay, _hired),
    (returns.BeforeOpening, _opening),
    (returns.EvidenceMissing, lambda _r: ("evidence_words", _("Say what the verification rests on."))),
    (
        returns.NobodyIndependent,
        lambda _r: ("body", _("Name a body that is neither the operator nor this promoter.")),
    ),
    (
        FigureRefused,
        lambda _r: ("value", _("This number does not fit what is counted. Correct the number or the bound.")),
    ),
    (LossOfDigits, lambda _r: ("value", _("This number is too large or has too many decimals. Write it shorter."))),
    (FileTooLarge, lambda refusal: ("evidence_file", str(refusal))),
)
REFUSED = tuple(kind for kind, _tell in _SENTENCES)


def sentence_of(refusal: Exception) -> Sentence:
    """The field and the sentence of a refusal in `REFUSED`."""
    return next(tell(refusal) for kind, tell in _SENTENCES if isinstance(refusal, kind))
