"""What the engine answered, as one sentence each in the reader's language."""

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from moussem.core import formats
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.parts import Reason
from moussem.engines.values.promises import Because, Caveat, Evidence, Followed, Slip, Status
from moussem.engines.values.quantity import Quantity

STATUS_LABELS = {
    Status.KEPT: _("kept"),
    Status.SLIPPED: _("slipped"),
    Status.OPEN: _("open"),
    Status.SILENT: _("silent"),
}
"""The four outcomes of a promise, as a page names them."""

STATUS_MEANINGS = {
    Status.KEPT: _("A later source shows that it was reached, or started, in time."),
    Status.SLIPPED: _("It came late, or its date has passed and less is there."),
    Status.OPEN: _("No date was given, or the date has not come yet."),
    Status.SILENT: _("Its date has passed and no later source says whether it was reached."),
}

_FIXED = {
    Because.HORIZON_OPEN: _("No date was given, so it stays open."),
    Because.HORIZON_NOT_STATED: _("For when is not stated, so it stays open."),
    Because.HORIZON_AHEAD: _("Its date has not come yet."),
    Because.NOTHING_LATER: _("The date has passed and no later source speaks of it."),
    Because.NO_NUMBER: _("It states no number that could be reached."),
    Because.LATER_CANNOT_SAY: _("The date has passed and later sources cannot show whether it was reached."),
}

_CAVEATS = {
    Caveat.OTHER_MEASURE: _("The two do not count the same thing: jobs, employees and positions are not equal."),
    Caveat.OTHER_SCOPE: _("One speaks of direct jobs, the other does not say."),
    Caveat.OTHER_PERIMETER: _("The perimeters differ."),
    Caveat.NARROWER: _("The later figure is only of a part."),
    Caveat.ABOUT: _("One of the two numbers is only about."),
    Caveat.FIRST_SEEN_LATE: _("It may have been reached before this source."),
    Caveat.DATE_TOO_COARSE: _("The later date is not stated finely enough to be sure."),
    Caveat.CONTRADICTED: _("Another source of the same date does not show it."),
}

_LEFT_OUT = {
    Reason.REPLACED: _("a corrected figure has taken its place"),
    Reason.SUPERSEDED: _("a later figure of the same holder counts"),
    Reason.EARLIER_STEP: _("an earlier step of the same promise"),
    Reason.SAID_TWICE: _("another source of the same date says the same"),
    Reason.NOT_STATED: _("no number is stated"),
    Reason.UNDECIDED: _("the firm is not named: a person must decide who it is"),
    Reason.OF_WHICH: _("already inside the joint figure"),
    Reason.MAY_BE_INSIDE: _("may already be inside: the source does not say"),
    Reason.OVERLAPS: _("shares a firm with a counted figure"),
    Reason.OTHER_READING: _("speaks of the whole place, not of a firm"),
}


def reason_left_out(reason: Reason) -> str:
    """Why a figure is not among those added."""
    return str(_LEFT_OUT[reason])


def caveat(of: Caveat) -> str:
    """What must be printed beside a comparison."""
    return str(_CAVEATS[of])


def amount(quantity: Quantity, *, with_unit: bool = True, scope: str = "") -> str:
    """A quantity in words: "plus de 3 000", with its unit where wanted."""
    said = formats.amount(
        quantity.value, quantity.unit.value, quantity.bound.value, value_max=quantity.value_max, scope=scope
    )
    if with_unit:
        return str(said)
    return " ".join(piece for piece in (said.before, said.value) if piece)


def shown(fact: FigureFact) -> str:
    """A later figure beside a promise: "200 emplois (rapporté, janvier 2020)"."""
    said = amount(fact.quantity) if fact.quantity else formats.not_stated()
    return gettext("%(amount)s (%(kind)s, %(when)s)") % {
        "amount": said,
        "kind": formats.kind_word(fact.kind.value),
        "when": formats.period(fact.dated),
    }


def _months(slip: Slip | None) -> str:
    if slip is None:
        return ""
    if slip.least == slip.most:
        return ngettext("%(n)s month", "%(n)s months", slip.least) % {"n": formats.number(slip.least)}
    ends = {"low": formats.number(slip.least), "high": formats.number(slip.most)}
    return gettext("%(low)s to %(high)s months") % ends


def reason(followed: Followed, basis: FigureFact | None, started: formats.Dated | None) -> str:
    """Why a promise has its outcome. `basis` is the later figure it rests on, `started` when the opening took place."""
    said = {
        "shown": shown(basis) if basis else "",
        "months": _months(followed.slip),
        "when": formats.period(started),
    }
    if followed.because is Because.STARTED_LATE:
        if followed.slip is None:
            return gettext("Opened later than announced: %(when)s.") % said
        return gettext("Opened %(months)s later than announced: %(when)s.") % said
    if followed.because is Because.STARTED_IN_TIME:
        return gettext("Opened: %(when)s.") % said
    if followed.because in _FIXED:
        return str(_FIXED[followed.because])
    return _with_figure(followed.because, bool(followed.slip)) % said


def _with_figure(because: Because, has_months: bool) -> str:
    if because is Because.REACHED_IN_TIME:
        return gettext("Reached in time: %(shown)s.")
    if because is Because.WITHIN_CEILING:
        return gettext("Only an upper end was promised, and something came: %(shown)s.")
    if because is Because.BELOW_AT_HORIZON:
        return gettext("The date has passed and less is there: %(shown)s.")
    return gettext("Reached %(months)s late: %(shown)s.") if has_months else gettext("Reached late: %(shown)s.")


def so_far(seen: Evidence, fact: FigureFact) -> str:
    """What a later source shows of a promise that is not decided by it, with the share where one can be said."""
    said = {"shown": shown(fact), "share": formats.percent(seen.share.percent) if seen.share else ""}
    if seen.share and Caveat.NARROWER not in seen.caveats:
        return gettext("A later source: %(shown)s, %(share)s of what was promised.") % said
    return gettext("A later source: %(shown)s.") % said


def on_top(base: Quantity | None, top: Quantity | None, names: list[str]) -> str:
    """A sum in words: "plus de 3 000, et plus de 3 800 si Intelcia vient en plus"."""
    if base is None and top is None:
        return formats.not_stated()
    if base is None:
        return gettext("not stated, and %(top)s if %(who)s is counted") % {
            "top": amount(top, with_unit=False) if top else "",
            "who": _list(names),
        }
    if top is None or not names or top == base:
        return amount(base, with_unit=False)
    said = {
        "base": amount(base, with_unit=False),
        "top": amount(top, with_unit=False),
        "who": _list(names),
    }
    if len(names) == 1:
        return gettext("%(base)s, and %(top)s if %(who)s comes on top") % said
    return gettext("%(base)s, and %(top)s if %(who)s come on top") % said


def others(count: int) -> str:
    """How many further ones a list does not name."""
    return ngettext("%(n)s other", "%(n)s others", count) % {"n": formats.number(count)}


def _list(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return pgettext("the last two of a list", "%(first)s and %(last)s") % {
        "first": ", ".join(names[:-1]),
        "last": names[-1],
    }
