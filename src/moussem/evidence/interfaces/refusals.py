"""Refusals of the domain as sentences, each with the field it concerns and what to do next."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from moussem.core.formats import number
from moussem.engines.values.measures import (
    BoundMismatch,
    FigureRefused,
    KindMismatch,
    LossOfDigits,
    UnitMismatch,
    ValueMismatch,
)
from moussem.evidence.domain.documents import QuoteNotInText, QuoteTooLong
from moussem.evidence.domain.figures import NoSource, NoSubject, NotVerified, SubjectNotPublic
from moussem.evidence.domain.queries.lines import measure_label
from moussem.evidence.enums import BOUND_LABELS, UNIT_LABELS, Kind

RECORDING = (FigureRefused, LossOfDigits, NoSubject, NotVerified, QuoteTooLong, QuoteNotInText)
PUBLISHING = (NoSource, SubjectNotPublic)
Sentence = tuple[str | None, str]


def sentence_of(refusal: Exception) -> Sentence:
    """The field (None: the whole form) and the sentence of a refusal in `RECORDING` or `PUBLISHING`."""
    for kind, tell in _SENTENCES:
        if isinstance(refusal, kind):
            return tell(refusal)
    raise refusal


def _unit(refusal: UnitMismatch) -> Sentence:
    sentence = _("“%(measure)s” is not counted in %(unit)s. Choose %(units)s.")
    facts = {
        "measure": measure_label(refusal.measure),
        "unit": UNIT_LABELS[refusal.got],
        "units": _either(str(UNIT_LABELS[unit]) for unit in refusal.rules.units),
    }
    return "unit", sentence % facts


def _either(words: Iterable[str]) -> str:
    return _(" or ").join(f"“{word}”" for word in words)


def _kind(refusal: KindMismatch) -> Sentence:
    kinds = (kind for kind in Kind if kind not in refusal.rules.forbidden_kinds)
    sentence = _("“%(measure)s” can never be %(kind)s. Choose %(kinds)s.")
    facts = {
        "measure": measure_label(refusal.measure),
        "kind": Kind(refusal.got).label,
        "kinds": _either(str(kind.label) for kind in kinds),
    }
    return "kind", sentence % facts


def _bound(refusal: BoundMismatch) -> Sentence:
    if refusal.got == "range":
        return "value_max", _("A range needs two numbers, the larger one last. Write the upper end, or another bound.")
    if refusal.got in refusal.rules.forbidden_bounds:
        sentence = _("“%(measure)s” cannot be “%(bound)s”. Choose another bound.")
        facts = {"measure": measure_label(refusal.measure), "bound": BOUND_LABELS[refusal.got]}
        return "bound", sentence % facts
    return "bound", _(
        "“%(bound)s” does not fit what is written: an upper end needs the bound “from … to …”, and a figure "
        "without a number takes no bound. Correct one of them."
    ) % {"bound": BOUND_LABELS[refusal.got]}


def _value(refusal: ValueMismatch) -> Sentence:
    low, high = refusal.rules.low, refusal.rules.high
    facts = {"measure": measure_label(refusal.measure), "low": low, "high": high}
    if low is not None and high is not None:
        limits = _("“%(measure)s” lies between %(low)s and %(high)s.") % facts
    elif low is not None:
        limits = _("“%(measure)s” is never below %(low)s.") % facts
    else:
        limits = _("This number is too large for “%(measure)s”.") % facts
    return "value", limits + " " + _("Correct the number, or its bound.")


def _digits(refusal: LossOfDigits) -> Sentence:
    scale = refusal.unit.scale
    sentence = _("In this unit we keep %(n)s decimals; this number has more, or is too large. Write it shorter.")
    return "value", sentence % {"n": number(scale)}


def _no_subject(refusal: NoSubject) -> Sentence:
    return "holder", _("Say what it is about: an organisation, a place, a park or an event.")


def _not_verified(refusal: NotVerified) -> Sentence:
    return "verified_by", _("A verified figure names the body that verified it. Name it, or choose another kind.")


def _quote_long(refusal: QuoteTooLong) -> Sentence:
    return "quote", _("A quote has at most 12 words. Shorten it to the words that carry the fact.")


def _quote_elsewhere(refusal: QuoteNotInText) -> Sentence:
    return "quote", _("These words do not stand in the document’s text. Copy them exactly as they are printed.")


def _no_source(refusal: NoSource) -> Sentence:
    return None, _("Without a citation nothing can be published. Correct it and name the document it comes from.")


def _closed(refusal: SubjectNotPublic) -> Sentence:
    return None, _("Something it is about is not public yet. Publish that first, then this.")


_SENTENCES = (
    (UnitMismatch, _unit),
    (KindMismatch, _kind),
    (BoundMismatch, _bound),
    (ValueMismatch, _value),
    (LossOfDigits, _digits),
    (NoSubject, _no_subject),
    (NotVerified, _not_verified),
    (QuoteTooLong, _quote_long),
    (QuoteNotInText, _quote_elsewhere),
    (NoSource, _no_source),
    (SubjectNotPublic, _closed),
)
