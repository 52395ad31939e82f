"""What the components on a page are drawn from: plain values without a domain word, mapped by the higher
apps.

Every value is ready to be shown: numbers as `Decimal` or `int`, units, bounds, kinds and scopes by their
code, texts in the reader's language. None and the empty string mean that no source states it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from moussem.core.formats import Dated


@dataclass(frozen=True, slots=True)
class SourceMark:
    """Where a fact can be read. The same `key` keeps the same number all over a page.

    `quote` has at most 12 words and is in `language`. `url` is the publisher's address; `address_kind` is
    one of publisher, aggregator, stored_copy, none, and only the first two are links. `document_url` is our
    own page of the document. `found_elsewhere` marks a title, publisher or date that the text itself does
    not state.
    """

    key: str
    title: str = ""
    publisher: str = ""
    published: Dated | None = None
    paragraph: int | None = None
    quote: str = ""
    language: str = ""
    url: str = ""
    address_kind: str = "none"
    document_url: str = ""
    found_elsewhere: bool = False

    @property
    def is_linked(self) -> bool:
        """Whether `url` is a publisher's or an aggregator's, and therefore a link."""
        return bool(self.url) and self.address_kind in ("publisher", "aggregator")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure on a page. `value` None reads "not stated"; `value_max` is the upper end of a range, included.

    `horizon` says for when a promise is made, `period` to what time an observed value belongs. `joint_with`
    names the other holders of a joint figure; `note` is one short sentence below it. `url` opens the
    figure's own page.
    """

    value: Decimal | int | None
    unit: str
    kind: str
    bound: str = "equal"
    value_max: Decimal | int | None = None
    scope: str = ""
    horizon: Dated | None = None
    period: Dated | None = None
    label: str = ""
    note: str = ""
    stated_by: str = ""
    joint_with: tuple[str, ...] = ()
    sources: tuple[SourceMark, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class StatColumn:
    """One kind in a row of kinds side by side; without figures it stays and reads "not stated"."""

    kind: str
    figures: tuple[FigureLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """One of two sayings that do not agree: a figure, or words of our own, with what we know about it."""

    figure: FigureLine | None = None
    words: str = ""
    note: str = ""
    sources: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline, newest first; `ahead` sets what is still awaited apart, in saffron.

    `tone` is "" or "ours" (a meeting, a signature: something the promoter did). `inferred` says the date was
    deduced.
    """

    title: str
    icon: str
    period: Dated | None = None
    text: str = ""
    url: str = ""
    tone: str = ""
    ahead: bool = False
    inferred: bool = False
    figures: tuple[FigureLine, ...] = ()
    sources: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread. `state` is done (evidence), part (begun), wait (promised and awaited) or ""
    (nothing known).
    """

    label: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class BarRow:
    """A promise as an outline and what was seen later inside it. A figure that is None reads "not stated".

    `share` is the percentage reached, worked out by the caller; None leaves it out.
    """

    label: str
    outer: FigureLine | None
    inner: FigureLine | None
    below: str = ""
    share: int | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of bars with its two widths, in percent of the widest."""

    row: BarRow
    outer_width: str
    inner_width: str


def bars_of(rows: Sequence[BarRow]) -> list[Bar]:
    """Scale rows to the largest value among them; a missing or zero value has no width."""
    largest = max((_size(f) for row in rows for f in (row.outer, row.inner)), default=Decimal(0))
    return [Bar(row, _width(row.outer, largest), _width(row.inner, largest)) for row in rows]


def _size(figure: FigureLine | None) -> Decimal:
    if figure is None or figure.value is None:
        return Decimal(0)
    return Decimal(figure.value if figure.value_max is None else figure.value_max)


def _width(figure: FigureLine | None, largest: Decimal) -> str:
    size = _size(figure)
    return f"{100 * size / largest:.1f}%" if size > 0 else ""
