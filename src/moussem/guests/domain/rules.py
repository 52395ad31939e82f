"""A criterion's row as the engine reads it, and the refusals of what cannot be a criterion."""

from collections.abc import Sequence

from moussem.directory.domain.names import fold
from moussem.engines.targeting.criterion import Band, Choice, Question, Rule
from moussem.engines.targeting.criterion import Criterion as Wanted
from moussem.guests.enums import SINGLE_FIELDS, CriterionField
from moussem.guests.models import Criterion

CAME, REGISTERED = "came", "registered"
"""What is known of earlier gatherings: they were there; they had a seat and were not seen."""


def wanted_of(row: Criterion) -> Wanted:
    """The engine's criterion. Raises `NothingWanted`, `EndsCrossed`, `WeightOutOfBounds`."""
    field = CriterionField(row.field)
    return Wanted(str(row.public_id), row.field, row.weight, _rule(row, field), field in SINGLE_FIELDS)


def _rule(row: Criterion, field: CriterionField) -> Rule:
    if field == CriterionField.QUESTION:
        return Question(fold(row.question))
    if field == CriterionField.SIZE:
        return Band(row.low, row.high)
    if field == CriterionField.CAME_BEFORE:
        return Choice(frozenset({CAME}), frozenset({REGISTERED}))
    keys = keys_of(row)
    countries = {str(value["country"]) for value in row.values if value.get("country")}
    return Choice(frozenset(keys), frozenset(countries) - set(keys))


def keys_of(row: Criterion) -> Sequence[str]:
    """The keys of the values that a criterion looks for."""
    return [str(value["key"]) for value in row.values]
