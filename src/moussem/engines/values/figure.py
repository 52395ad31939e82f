"""A figure as the arithmetic sees it: opaque keys for what it is about, and nothing that names a database."""

from dataclasses import dataclass

from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact:
    """One stated figure. Keys are opaque; merged holders and places share one key."""

    key: str
    measure: Measure
    kind: Kind
    quantity: Quantity | None
    """None: the source states no number. It is missing from a total, it is not zero."""
    holders: tuple[str, ...] = ()
    """Whose jobs, money or offices; several make a joint figure, none means the whole of its places."""
    places: tuple[str, ...] = ()
    """Places and parks it is about; none means that no place is stated."""
    scope: Scope = Scope.NOT_STATED
    perimeter: str = ""
    """The series or definition it belongs to; empty where none is stated."""
    stated_on: Period | None = None
    period: Period | None = None
    """The time a figure that looks back is about; None where it is not stated."""
    horizon: Period | None = None
    """By when a figure that looks forward shall be reached."""
    may_be_inside: str | None = None
    """Key of another figure that may already include this one: the source does not say."""
    may_be_of: tuple[str, ...] = ()
    """Named holders that its unnamed holder may be: a doubtful match that a person must decide."""
    replaced: bool = False
    """True once a corrected figure has taken its place."""

    @property
    def dated(self) -> Period | None:
        """When it holds: the day of saying when it looks forward, the time it is about when it looks back."""
        if self.kind.looks_forward:
            return self.stated_on
        return self.period or self.stated_on

    @property
    def is_whole_place(self) -> bool:
        """Whether it names no holder and so speaks of everything at its places."""
        return not self.holders
