"""A document as its page shows it: each passage with what became of it, what was not taken, what it does not state."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import FigureLine, SourceMark
from moussem.core.texts import say
from moussem.evidence.domain.queries.lines import (
    StatementLine,
    anchor_of,
    figure_line,
    shown_figures,
    shown_statements,
    source_mark,
    statement_line,
    told_figures,
    told_statements,
)
from moussem.evidence.enums import OWN_RECORDS, RECORD_LABELS, DocumentKind
from moussem.evidence.models import Citation, CitedRecord, Document, Figure, Passage, Silence, Statement, Subject

CITED_AT_MOST = 1000
"""Citations whose places the page of one document marks."""
LINES_AT_MOST = 120
"""Figures, and statements, that it shows; the rest is said to be there."""
LISTED = 100
_KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, marked where it is cited; `anchors` are those of the citations that begin with it."""

    text: str
    is_cited: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record of any room that a citation became."""

    label: str
    kind_label: str
    url: str


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one passage, or of a source as a whole."""

    figures: tuple[FigureLine, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    records: tuple[RecordLine, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything did."""
        return bool(self.figures or self.statements or self.records)


@dataclass(frozen=True, slots=True)
class PassageRow:
    """One passage: its fragment or, where the text is at hand, its pieces; and what became of it.

    `anchors` are those of citations that have no piece to stand at. `is_cited`: something rests on it, be it public or
    not; a passage that was taken and is not cited tells of the document itself.
    """

    number: int
    fragment: str
    pieces: tuple[Piece, ...]
    anchors: tuple[str, ...]
    taken: bool
    is_cited: bool
    reason: str
    became: Became
    silences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document with its passages in order, what was cited of it as a whole, and what it does not state."""

    document: Document
    mark: SourceMark
    passages: tuple[PassageRow, ...]
    whole: Became
    whole_anchors: tuple[str, ...]
    silences: tuple[str, ...]
    figures: int
    statements: int
    records: int
    more: bool
    """True where more was cited than one page shows."""

    @property
    def left(self) -> int:
        """The number of passages of which nothing was taken."""
        return sum(not row.taken for row in self.passages)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list, with the number of its passages, of those left out, and of its silences."""

    document: Document
    first_words: str
    passages: int
    left: int
    silences: int

    @property
    def host(self) -> str:
        """The site of the document's address, without its path; "" where there is none."""
        return (urlsplit(self.document.address).hostname or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class DocumentList:
    """One page of documents: the texts first, then the sources, then our own records, in the order they were added."""

    texts: tuple[DocumentRow, ...]
    sources: tuple[DocumentRow, ...]
    records: tuple[DocumentRow, ...]
    after: str


def documents_seen(actor: Actor, *, own: bool = False) -> "QuerySet[Document]":
    """The documents an actor sees (with `own`: of its promoter), without their texts."""
    rows = Document.objects.filter(Document.objects.own(actor)) if own else Document.objects.visible_to(actor)
    return rows.defer("full_text")


def documents_citable(actor: Actor) -> "QuerySet[Document]":
    """The documents an actor's promoter may cite: its own, the newest first, then the shared ones, texts first."""
    shared = Q(promoter__kind=PromoterKind.COMMONS, published_at__isnull=False)
    rows = Document.objects.visible_to(actor).filter(Document.objects.own(actor) | shared).defer("full_text")
    is_own = Case(When(Document.objects.own(actor), then=0), default=1)
    return rows.order_by(is_own, "-kind", "-pk")


def documents_listed(
    actor: Actor, *, own: bool = False, after: UUID | None = None, limit: int = LISTED
) -> DocumentList:
    """One page of the documents an actor sees, after the public identifier of the last one shown; two queries."""
    rows = documents_seen(actor, own=own)
    last = rows.filter(public_id=after).values_list("kind", "pk").first() if after else None
    if last:
        kind, pk = last
        rows = rows.filter(Q(kind__lt=kind) | Q(kind=kind, pk__gt=pk))
    passages = Passage.objects.filter(document=OuterRef("pk")).order_by()
    counted = passages.values("document").annotate(n=Count("pk"))
    silences = Silence.objects.filter(document=OuterRef("pk")).order_by().values("document").annotate(n=Count("pk"))
    found = list(
        rows.annotate(
            passages_n=Coalesce(Subquery(counted.values("n")), 0),
            left_n=Coalesce(Subquery(counted.filter(taken=False).values("n")), 0),
            silences_n=Coalesce(Subquery(silences.values("n")), 0),
            first_words=Coalesce(Subquery(passages.order_by("position").values("fragment")[:1]), Value("")),
        ).order_by("-kind", "pk")[: limit + 1]
    )
    shown = [DocumentRow(d, d.first_words, d.passages_n, d.left_n, d.silences_n) for d in found[:limit]]
    return DocumentList(
        texts=tuple(row for row in shown if row.document.kind == DocumentKind.TEXT),
        sources=tuple(row for row in shown if row.document.kind == DocumentKind.SOURCE),
        records=tuple(row for row in shown if row.document.kind in OWN_RECORDS),
        after=str(shown[-1].document.public_id) if len(found) > limit else "",
    )


@answered
def document_view(document: Document, actor: Actor) -> Reading[DocumentView]:
    """The page of one document that the actor sees; four queries, however long it is."""
    key = (document.pk,)
    citations, silent, passages = yield [_cited_of(actor, key), _silences_of(actor, key), _passages_of(actor, key)]
    for citation in citations:
        citation.document = document
    figures, statements, records = yield from side_by_side(
        _figures(citations, actor), _statements(citations, actor), _records(citations, actor)
    )
    silences: dict[int | None, list[str]] = defaultdict(list)
    for silence in silent:
        silences[silence.passage_id].append(say(silence.words))
    by_passage: dict[int | None, list[Citation]] = defaultdict(list)
    for citation in citations:
        by_passage[citation.passage_id].append(citation)

    def became(of: Iterable[Citation]) -> Became:
        keys = [citation.pk for citation in of]
        return Became(_once(figures, keys), _once(statements, keys), _once(records, keys))

    lines = len(_all(figures)) + len(_all(statements))
    return DocumentView(
        document=document,
        mark=replace(source_mark(citations[0], actor) if citations else _own_mark(document, actor), quote=""),
        passages=tuple(_row(document, p, by_passage[p.pk], became, silences[p.pk]) for p in passages),
        whole=became(by_passage[None]),
        whole_anchors=tuple(anchor_of(citation) for citation in by_passage[None]),
        silences=tuple(silences[None]),
        figures=len(_all(figures)),
        statements=len(_all(statements)),
        records=len(_all(records)),
        more=len(citations) > CITED_AT_MOST or lines >= LINES_AT_MOST,
    )


@question
def _cited_of(actor: Actor, documents: Sequence[int]) -> "QuerySet[Citation]":
    rows = Citation.objects.visible_to(actor).filter(document__in=documents)
    return rows.order_by("start", "pk")[: CITED_AT_MOST + 1]


@question
def _silences_of(actor: Actor, documents: Sequence[int]) -> "QuerySet[Silence]":
    return Silence.objects.visible_to(actor).filter(document__in=documents).order_by("position", "pk")


@question
def _passages_of(actor: Actor, documents: Sequence[int]) -> "QuerySet[Passage]":
    return Passage.objects.visible_to(actor).filter(document__in=documents).order_by("position")


def _own_mark(document: Document, actor: Actor) -> SourceMark:
    return source_mark(Citation(document=document), actor)


def _row(
    document: Document,
    passage: Passage,
    citations: list[Citation],
    became: Callable[[Iterable[Citation]], Became],
    silences: list[str],
) -> PassageRow:
    pieces = pieces_of(document.full_text, passage.start, passage.end, citations) if document.full_text else ()
    placed = {anchor for piece in pieces for anchor in piece.anchors}
    return PassageRow(
        number=passage.position,
        fragment=passage.fragment,
        pieces=pieces,
        anchors=tuple(a for a in (anchor_of(citation) for citation in citations) if a not in placed),
        taken=passage.taken,
        is_cited=bool(citations),
        reason=say(passage.reason),
        became=became(citations),
        silences=tuple(silences),
    )


def pieces_of(text: str, start: int, end: int, citations: Iterable[Citation]) -> tuple[Piece, ...]:
    """The text from `start` to `end` cut where citations begin and end; they may overlap and lie in one another."""
    spans = [
        (max(c.start, start), min(c.end, end), anchor_of(c))
        for c in citations
        if c.start is not None and c.end is not None and c.start < end and c.end > start
    ]
    cuts = sorted({start, end, *(cut for low, high, _ in spans for cut in (low, high))})
    return tuple(
        Piece(
            text[low:high],
            any(first <= low and high <= last for first, last, _ in spans),
            tuple(anchor for first, _, anchor in spans if first == low),
        )
        for low, high in pairwise(cuts)
    )


@question
def _figures_on(citations: Sequence[int]) -> "QuerySet[Any]":
    """The figures that rest on citations, as many as a page shows; in no order, so that no other row is read."""
    return Figure.citations.through.objects.filter(citation__in=citations).values_list("figure_id")[:LINES_AT_MOST]


@question
def _statements_on(citations: Sequence[int]) -> "QuerySet[Any]":
    ties = Statement.citations.through.objects.filter(citation__in=citations)
    return ties.values_list("statement_id")[:LINES_AT_MOST]


@question
def _current_figures(actor: Actor, keys: Sequence[int]) -> "QuerySet[Figure]":
    return told_figures(Figure.objects.visible_to(actor).current().filter(pk__in=keys)).order_by("pk")


@question
def _seen_statements(actor: Actor, keys: Sequence[int]) -> "QuerySet[Statement]":
    return told_statements(Statement.objects.visible_to(actor).filter(pk__in=keys)).order_by("pk")


def _figures(citations: list[Citation], actor: Actor) -> Reading[dict[int, list[FigureLine]]]:
    """The current figures by the citation they rest on; a mark beside the text itself would say nothing new."""
    found: dict[int, list[FigureLine]] = defaultdict(list)
    if citations:
        (tied,) = yield [_figures_on(_keys(citations))]
        keys = sorted({key for (key,) in tied})
        for row in (yield from shown_figures(_current_figures(actor, keys))) if keys else ():
            line = replace(figure_line(row, actor), sources=())
            for citation in row.citations.all():
                found[citation.pk].append(line)
    return found


def _statements(citations: list[Citation], actor: Actor) -> Reading[dict[int, list[StatementLine]]]:
    found: dict[int, list[StatementLine]] = defaultdict(list)
    if citations:
        (tied,) = yield [_statements_on(_keys(citations))]
        keys = sorted({key for (key,) in tied})
        for row in (yield from shown_statements(_seen_statements(actor, keys))) if keys else ():
            line = replace(statement_line(row, actor), sources=())
            for citation in row.citations.all():
                found[citation.pk].append(line)
    return found


def _keys(citations: Iterable[Citation]) -> list[int]:
    return [citation.pk for citation in citations]


@question
def _ties_of(actor: Actor, citations: Sequence[int]) -> "QuerySet[CitedRecord]":
    return CitedRecord.objects.visible_to(actor).filter(citation__in=citations).order_by("pk")


@question
def _hidden_things(actor: Actor, keys: Sequence[UUID]) -> "QuerySet[Any]":
    """Those of these things that the actor may not see."""
    seen = Subject.objects.visible_to(actor)
    return Subject.objects.filter(public_id__in=keys).exclude(pk__in=seen).values_list("public_id")


def _records(citations: list[Citation], actor: Actor) -> Reading[dict[int, list[RecordLine]]]:
    """The ties to other rooms' records; a thing that the actor may not see is not named, nor a part of it."""
    found: dict[int, list[RecordLine]] = defaultdict(list)
    (ties,) = (yield [_ties_of(actor, _keys(citations))]) if citations else ((),)
    things = sorted({key for tie in ties for key in _things(tie)})
    (hidden,) = (yield [_hidden_things(actor, things)]) if things else ((),)
    unseen = {key for (key,) in hidden}
    for tie in ties:
        if unseen.isdisjoint(_things(tie)):
            kind = str(RECORD_LABELS.get(tie.kind, tie.kind))
            found[tie.citation_id].append(RecordLine(say(tie.label), kind, public_address(tie.address)))
    return found


def _things(tie: CitedRecord) -> set[UUID]:
    """The public identifiers of the record and of the thing on whose page it stands."""
    return {tie.key, *(UUID(key) for key in _KEY.findall(tie.address))}


def _once(lines: Mapping[int, list[Any]], keys: Iterable[int]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(line for key in keys for line in lines.get(key, ())))


def _all(lines: Mapping[int, list[Any]]) -> set[Any]:
    return {line for found in lines.values() for line in found}
