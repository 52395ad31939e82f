"""Criteria, answers and scores in words. Staff and the person concerned read the same sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _

from moussem.core.formats import number
from moussem.core.texts import say
from moussem.directory.enums import OrganisationKind
from moussem.guests.domain.queries.assessing import Line
from moussem.guests.enums import CriterionField, Verdict
from moussem.guests.models import Criterion, Standing

MARKS = {Verdict.YES: "yes", Verdict.PARTLY: "doubt", Verdict.NO: "no", Verdict.CANNOT_SAY: "silent"}
"""The mark of the house for each answer."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A line of an assessment in words: what is looked for, the answer with its mark, what it rests on, its weight."""

    looked_for: str
    answer: str
    verdict: str
    mark: str
    rests_on: str
    weight: int


def reasons_of(standing: Standing | None) -> list[Reason]:
    """The lines of a standing in words, those that count most first."""
    lines = standing.assessment if standing else []
    return [reason_of(line) for line in sorted(lines, key=lambda line: -line["weight"])]


def reason_of(line: Line) -> Reason:
    """One line in words."""
    verdict = Verdict(line["answer"])
    return Reason(
        looked_for_words(line), str(verdict.label), verdict.value, MARKS[verdict], rests_on_words(line), line["weight"]
    )


def looked_for_words(line: Mapping[str, Any]) -> str:
    """What a criterion looks for: "Line of business: ITO or BPO"."""
    field = CriterionField(line["field"])
    if field == CriterionField.QUESTION:
        return str(line["question"])
    if field == CriterionField.CAME_BEFORE:
        return str(field.label)
    wanted = _band(line) if field == CriterionField.SIZE else _either([_called(field, v) for v in line["values"]])
    return _("%(field)s: %(wanted)s") % {"field": field.label, "wanted": wanted}


def criterion_words(row: Criterion) -> str:
    """What a criterion looks for."""
    values = [value["label"] for value in row.values]
    return looked_for_words(
        {"field": row.field, "question": row.question, "values": values, "low": row.low, "high": row.high}
    )


def _band(line: Mapping[str, Any]) -> str:
    low, high = line["low"], line["high"]
    if low is None:
        return _("up to %(high)s") % {"high": number(high)}
    if high is None:
        return _("from %(low)s on") % {"low": number(low)}
    return _("from %(low)s to %(high)s") % {"low": number(low), "high": number(high)}


def _either(names: Sequence[str]) -> str:
    *others, last = names
    return _("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last} if others else last


def _called(field: CriterionField, label: str | Mapping[str, str]) -> str:
    if field == CriterionField.ORGANISATION_KIND:
        return str(OrganisationKind(label).label)
    if field == CriterionField.LANGUAGE:
        return language_name(str(label))
    return label if isinstance(label, str) else say(label)


def language_name(code: str) -> str:
    """A language as its speakers call it; its code where nobody told us."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def rests_on_words(line: Line) -> str:
    """What an answer rests on: who said it and how, what is known, or that nothing is."""
    field = CriterionField(line["field"])
    if "by" in line:
        said = _("said by %(who)s") % {"who": line["by"]}
        return _("%(words)s (%(said)s)") % {"words": line["words"], "said": said} if line["words"] else said
    if line["number"]:
        return _size(line["number"])
    found = ", ".join(dict.fromkeys(_called(field, label) for label in line["found"]))
    if not found:
        return _("nobody has answered this yet") if field == CriterionField.QUESTION else _("not stated")
    if line["answer"] == Verdict.CANNOT_SAY:
        return _("known so far: %(found)s; there may be others") % {"found": found}
    if field == CriterionField.BRANCH and line["answer"] == Verdict.PARTLY:
        return _("the parent organisation: %(found)s") % {"found": found}
    return found


def _size(stated: Mapping[str, Any]) -> str:
    values = {"n": number(stated["value"]), "most": number(stated["max"]) if stated["max"] is not None else ""}
    said = {
        "at_least": _("at least %(n)s employees"),
        "over": _("more than %(n)s employees"),
        "at_most": _("at most %(n)s employees"),
        "under": _("fewer than %(n)s employees"),
        "about": _("about %(n)s employees"),
        "range": _("%(n)s to %(most)s employees"),
    }
    words = said.get(stated["bound"], ngettext("%(n)s employee", "%(n)s employees", stated["value"])) % values
    kinds = {
        "reported": pgettext("size", "reported"),
        "declared": pgettext("size", "declared by the firm"),
        "verified": pgettext("size", "verified"),
        "observed": pgettext("size", "counted by others"),
    }
    return _("%(size)s, %(kind)s") % {"size": words, "kind": kinds[stated["kind"]]}
