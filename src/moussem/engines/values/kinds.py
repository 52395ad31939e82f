"""The closed lists that qualify a figure: kind, bound, scope, roles of its subjects, precision of a date.

Members are strings, so that a column, an address and a data file carry the same word as the code.
"""

from enum import StrEnum


class Kind(StrEnum):
    """How much a figure is worth as evidence, from a wish to a count; two kinds are never added."""

    PLANNED = "planned"
    """A target set by an authority or promoter for a territory or park; it is nobody's promise."""
    ANNOUNCED = "announced"
    """Said by or for an operator about what it will do."""
    CONTRACTED = "contracted"
    """Owed under a signed act."""
    REPORTED = "reported"
    """Somebody says what is, without counting: a park owner's page, a director at a webinar, the press."""
    DECLARED = "declared"
    """The operator's own return."""
    VERIFIED = "verified"
    """Checked by a named body against named evidence."""
    OBSERVED = "observed"
    """Counted by a body that does not promote what it counts."""

    @property
    def looks_forward(self) -> bool:
        """Whether the figure says what will be (planned, announced, contracted) and not what is."""
        return self in (Kind.PLANNED, Kind.ANNOUNCED, Kind.CONTRACTED)


class Bound(StrEnum):
    """How the stated value limits the true one. "Plus de 3.000" is `over`; "près de" is `about`."""

    EQUAL = "equal"
    ABOUT = "about"
    AT_LEAST = "at_least"
    """The value itself is included: "à partir de", "au moins"."""
    OVER = "over"
    """The value itself is excluded: "plus de"."""
    AT_MOST = "at_most"
    """The value itself is included: "jusqu'à"."""
    UNDER = "under"
    """The value itself is excluded: "moins de"."""
    RANGE = "range"
    """From value to value_max, both included."""

    @property
    def opens_upwards(self) -> bool:
        """Whether no upper end is stated."""
        return self in (Bound.AT_LEAST, Bound.OVER)

    @property
    def is_ceiling(self) -> bool:
        """Whether only an upper end is stated."""
        return self in (Bound.AT_MOST, Bound.UNDER)


class Scope(StrEnum):
    """Which part of a measure the source speaks of; `not_stated` is its own scope, added to no other."""

    NOT_STATED = "not_stated"
    DIRECT = "direct"
    INDIRECT = "indirect"
    DIRECT_AND_INDIRECT = "direct_and_indirect"
    STABLE = "stable"
    DIRECT_STABLE = "direct_stable"
    NEW = "new"
    NEW_DIRECT = "new_direct"


class Role(StrEnum):
    """What a subject is to its figure; several subjects in the role `holder` make a joint figure."""

    HOLDER = "holder"
    PLACE = "place"
    PARK = "park"
    EVENT = "event"
    PROJECT = "project"
    PROGRAMME = "programme"


class Precision(StrEnum):
    """How finely a source states a date or period."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    SPAN = "span"
    """From one day to another that is no single calendar unit: two days of a show, 2014 to 2018."""
    OPEN = "open"
    """No end is given: "à terme", "at start"."""
