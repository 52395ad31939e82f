"""The measures of people that a dossier sets side by side, and what was announced of late."""

from collections.abc import Sequence
from datetime import date

from moussem.engines.values.figure import FigureFact
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period

PEOPLE = (
    Measure.JOBS,
    Measure.EMPLOYEES,
    Measure.POSITIONS,
    Measure.RECRUITS,
    Measure.JOBS_CREATED,
    Measure.JOBS_ADDITIONAL,
)
"""The measures whose kinds a dossier sets side by side; never added to one another."""


def newest_announcement(announced: Sequence[FigureFact]) -> Period | None:
    """When the newest of several announcements was made; None where none is dated."""
    dated = [fact.stated_on for fact in announced if fact.stated_on and fact.stated_on.start]
    return max(dated, key=lambda on: on.start or date.min, default=None)


def said_since(announced: Sequence[FigureFact], newest: Period) -> list[FigureFact]:
    """Those said since the newest announcement, its first day included; the undated ones are none of them."""
    return [fact for fact in announced if fact.stated_on and not fact.stated_on.is_before(newest)]
