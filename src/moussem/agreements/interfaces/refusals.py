"""Refusals of the agreements' verbs as sentences, each with its field (None: the whole form) and the next step."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from moussem.agreements.domain.agreements import (
    AgreementUnsourced,
    AlreadyEnded,
    AlreadySigned,
    ConfidentialStaysClosed,
    NobodySigns,
    PartyNotPublic,
    PartyTwice,
)
from moussem.agreements.domain.obligations import (
    AnotherDuty,
    DebtorNotStated,
    NothingMeasured,
    NothingOwed,
    NotSigned,
    ReasonNeeded,
    SignedMeanwhile,
)
from moussem.engines.values.measures import FigureRefused
from moussem.engines.values.units import LossOfDigits
from moussem.evidence.domain.documents import QuoteNotInText, QuoteTooLong

Sentence = tuple[str | None, str]


def _party_twice(refusal: Any) -> Sentence:
    return "organisation", _("“%(name)s” is a party of this agreement already.") % {"name": refusal}


def _not_public(refusal: Any) -> Sentence:
    return None, _("“%(name)s” is not public yet. Publish it first, then this agreement.") % {"name": refusal.name}


_SENTENCES: tuple[tuple[type[Exception], Callable[[Any], Sentence]], ...] = (
    (NobodySigns, lambda _r: (None, _("Nobody signs yet. Add a party first."))),
    (PartyTwice, _party_twice),
    (AlreadySigned, lambda _r: (None, _("This agreement is signed already; nothing was changed."))),
    (AlreadyEnded, lambda _r: (None, _("This agreement has ended; nothing more is written to it."))),
    (ConfidentialStaysClosed, lambda _r: (None, _("A confidential agreement is never public."))),
    (
        AgreementUnsourced,
        lambda _r: (None, _("Without a document nothing can be published. Cite the one in which it can be read.")),
    ),
    (PartyNotPublic, _not_public),
    (DebtorNotStated, lambda _r: ("debtor", _("An obligation says who owes it. Choose a party."))),
    (NothingOwed, lambda _r: ("words", _("Say in words what is owed, or choose what is counted."))),
    (
        SignedMeanwhile,
        lambda _r: (None, _("This agreement is signed: its lines are amended, the old ones stay. Amend the line.")),
    ),
    (NotSigned, lambda _r: (None, _("Nobody signed this agreement yet: correct the line instead of amending it."))),
    (AnotherDuty, lambda _r: (None, _("Who owes it and what is counted stay as they were signed. Add another line."))),
    (ReasonNeeded, lambda _r: ("reason", _("Say by which amendment."))),
    (NothingMeasured, lambda _r: ("measure", _("Say of what this is the number."))),
    (
        QuoteTooLong,
        lambda _r: ("quote", _("A quote has at most 12 words. Shorten it to the words that carry the fact.")),
    ),
    (
        QuoteNotInText,
        lambda _r: (
            "quote",
            _("These words do not stand in the document’s text. Copy them exactly as they are printed."),
        ),
    ),
    (
        FigureRefused,
        lambda _r: ("value", _("This number does not fit what is counted. Correct the number or the bound.")),
    ),
    (LossOfDigits, lambda _r: ("value", _("This number is too large or has too many decimals. Write it shorter."))),
)
REFUSED = tuple(kind for kind, _tell in _SENTENCES)


def sentence_of(refusal: Exception) -> Sentence:
    """The field and the sentence of a refusal in `REFUSED`."""
    return next(tell(refusal) for kind, tell in _SENTENCES if isinstance(refusal, kind))
