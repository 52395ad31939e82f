"""Figures, statements and citations as the components of a page take them.

Each function takes many rows and asks the database a fixed number of times, however many they are.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Asked, Reading, question
from moussem.core.components import FigureLine, Saying, SourceMark
from moussem.core.texts import say
from moussem.engines.values.kinds import Kind, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit, from_scaled
from moussem.evidence.enums import MEASURE_LABELS, StatementKind, SubjectRole
from moussem.evidence.models import Citation, Document, Figure, FigureSubject, Statement, StatementSubject, Subject

_TELLERS = ("stated_by_person", "stated_by_organisation")
_CITATIONS = Prefetch(
    "citations",
    Citation.objects.select_related("document").defer("document__full_text", "document__notes").order_by("pk"),
)
_FIGURE_LINKS = Prefetch("links", FigureSubject.objects.select_related("subject__canonical").order_by("pk"))
_STATEMENT_LINKS = Prefetch("links", StatementSubject.objects.select_related("subject__canonical").order_by("pk"))
_NAMED_FIRST = (SubjectRole.HOLDER, SubjectRole.PARTY, SubjectRole.PERSON)


def loaded_figures(figures: "QuerySet[Figure]") -> "QuerySet[Figure]":
    """The same figures with all that a line shows, in three queries."""
    return figures.select_related(*_TELLERS).prefetch_related(_FIGURE_LINKS, _CITATIONS)


def loaded_statements(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    """The same statements with all that a line shows, in three queries."""
    return statements.select_related(*_TELLERS).prefetch_related(_STATEMENT_LINKS, _CITATIONS)


def told_figures(figures: "QuerySet[Figure]") -> "QuerySet[Figure]":
    """The same figures with who said them; `shown_figures` adds the rest of a line."""
    return figures.select_related(*_TELLERS)


def told_statements(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    """The same statements with who said them; `shown_statements` adds the rest of a line."""
    return statements.select_related(*_TELLERS)


def shown_figures(asked: Asked) -> Reading[list[Figure]]:
    """The figures that are asked for (of `told_figures`) with all that a line shows, in two steps."""
    (figures,) = yield [asked]
    return (yield from _with_ties(figures, _links_of_figures, _citations_of_figures, "figure_id"))


def shown_statements(asked: Asked) -> Reading[list[Statement]]:
    """The statements that are asked for (of `told_statements`) with all that a line shows, in two steps."""
    (statements,) = yield [asked]
    return (yield from _with_ties(statements, _links_of_statements, _citations_of_statements, "statement_id"))


@question
def _links_of_figures(figures: Collection[int]) -> "QuerySet[Any]":
    return FigureSubject.objects.filter(figure__in=figures).select_related("subject__canonical").order_by("pk")


@question
def _links_of_statements(statements: Collection[int]) -> "QuerySet[Any]":
    return StatementSubject.objects.filter(statement__in=statements).select_related("subject__canonical").order_by("pk")


def _cited(through: Any, **rows: Any) -> "QuerySet[Any]":
    ties = through.objects.filter(**rows).select_related("citation__document")
    return ties.defer("citation__document__full_text", "citation__document__notes").order_by("citation_id")


@question
def _citations_of_figures(figures: Collection[int]) -> "QuerySet[Any]":
    return _cited(Figure.citations.through, figure__in=figures)


@question
def _citations_of_statements(statements: Collection[int]) -> "QuerySet[Any]":
    return _cited(Statement.citations.through, statement__in=statements)


def _with_ties(rows: Sequence[Any], links_of: Any, citations_of: Any, owner: str) -> Reading[list[Any]]:
    """The rows with their links and citations, as a prefetch keeps them."""
    if not rows:
        return []
    keys = sorted({row.pk for row in rows})
    links, ties = yield [links_of(keys), citations_of(keys)]
    linked: dict[int, list[Any]] = {key: [] for key in keys}
    cited: dict[int, list[Citation]] = {key: [] for key in keys}
    for link in links:
        linked[getattr(link, owner)].append(link)
    for tie in ties:
        cited[getattr(tie, owner)].append(tie.citation)
    for row in rows:
        row._prefetched_objects_cache = {
            "links": _at_hand(type(row).links.rel.related_model, linked[row.pk]),
            "citations": _at_hand(Citation, cited[row.pk]),
        }
    return list(rows)


def _at_hand(model: Any, rows: list[Any]) -> "QuerySet[Any]":
    """A query set that has its rows, and can be narrowed no further."""
    found = model._default_manager.all()[:0]
    found._result_cache = rows
    return found  # type: ignore[no-any-return]


def tied_statements(statements: "QuerySet[Statement]") -> "QuerySet[Statement]":
    """The same statements with their subjects alone, in two queries."""
    return statements.prefetch_related(_STATEMENT_LINKS)


def measure_label(measure: Measure | str) -> str:
    """The name of a measure in the reader's language, with a capital."""
    return capfirst(str(MEASURE_LABELS[Measure(measure)]))


def may_open(document: Document, actor: Actor) -> bool:
    """Whether the actor may open a document's own page; its citation card is part of a published figure anyway."""
    staff = bool(actor.roles) or actor.kind == "task"
    return document.is_published or (staff and actor.within(document.promoter_id))


def page_of(actor: Actor, room: str, row: Document | Figure | Statement) -> str:
    """The page of a row of `room` ("figures") that the actor may open: at its own desk while the public may not."""
    is_open = row.is_published and getattr(row, "embargo_until", None) is None
    if not is_open and actor.promoter_slug and actor.within(row.promoter_id):
        return reverse(f"evidence_desk:{room}-page", args=[actor.promoter_slug, row.public_id])
    return public_address(f"{room}/{row.public_id}/")


def source_mark(citation: Citation, actor: Actor) -> SourceMark:
    """The mark of a citation (its document loaded); it leads to the exact place on our page of the document."""
    document = citation.document
    page = page_of(actor, "documents", document) if may_open(document, actor) else ""
    return SourceMark(
        key=str(citation.public_id),
        title=document.title,
        publisher=document.publisher,
        published=document.published_on,
        paragraph=citation.paragraph,
        quote=citation.quote,
        language=document.language,
        url=document.address if document.address.startswith(("https://", "http://")) else "",
        address_kind=document.address_kind,
        document_url=f"{page}#{anchor_of(citation)}" if page else "",
        found_elsewhere=not {"title", "publisher", "published_on"}.isdisjoint(document.found_elsewhere),
    )


def anchor_of(citation: Citation) -> str:
    """The fragment of the document's page at which a citation stands."""
    return f"citation-{citation.public_id}"


def source_marks(citations: Iterable[Citation], actor: Actor) -> tuple[SourceMark, ...]:
    """The marks of several citations (their documents loaded), in the order given."""
    return tuple(source_mark(citation, actor) for citation in citations)


def teller_words(row: Figure | Statement) -> str:
    """Who said it: "Karim Bernoussi, Intelcia", or the source's own words for them; "" for the document itself."""
    named = [say(subject.label) for subject in (row.stated_by_person, row.stated_by_organisation) if subject]
    words = row.stated_by_words
    return ", ".join(filter(None, named)) or (gettext(words) if words else "")


def _group(subject: Subject) -> int:
    return subject.canonical_id or subject.pk


def _telling(links: Iterable[Any]) -> list[Any]:
    """The links that a line names: who and where say it all, a project would say it twice."""
    given = list(links)
    named = any(link.role in _NAMED_FIRST for link in given)
    return [link for link in given if not (named and link.role == SubjectRole.PROJECT)]


def _labels(links: Iterable[FigureSubject | StatementSubject], about: Collection[int]) -> list[str]:
    ordered = sorted(links, key=lambda link: link.role not in _NAMED_FIRST)
    said = (say(link.subject.label) for link in ordered if not {link.subject_id, _group(link.subject)} & set(about))
    return list(dict.fromkeys(filter(None, said)))


def figure_line(figure: Figure, actor: Actor, *, about: Collection[int] = ()) -> FigureLine:
    """The line of one loaded figure. `about` are the subjects (inner keys) of the page, which the line
    then does not name again.
    """
    unit = Unit(figure.unit)
    links = _telling(figure.links.all())
    holders = [link for link in links if link.role == SubjectRole.HOLDER]
    joint = len(holders) > 1
    named = [link for link in links if link.role != SubjectRole.HOLDER] if joint else links
    return FigureLine(
        value=_scaled(figure.value, unit),
        value_max=_scaled(figure.value_max, unit),
        unit=figure.unit,
        kind=figure.kind,
        bound=figure.bound,
        scope="" if figure.scope == Scope.NOT_STATED else figure.scope,
        horizon=figure.horizon,
        period=figure.period,
        label=" · ".join([measure_label(figure.measure), *_labels(named, about)]),
        note=say(figure.note),
        stated_by=teller_words(figure),
        joint_with=tuple(_labels(holders, about)) if joint else (),
        sources=source_marks(figure.citations.all(), actor),
        url=page_of(actor, "figures", figure),
    )


def _scaled(value: int | None, unit: Unit) -> Decimal | None:
    return None if value is None else from_scaled(value, unit)


def figure_lines(figures: Iterable[Figure], actor: Actor, *, about: Collection[int] = ()) -> list[FigureLine]:
    """The lines of figures, in their order. The caller has asked `visible_to(actor)`; nothing is filtered here."""
    rows = list(figures)
    prefetch_related_objects(rows, *_TELLERS, _FIGURE_LINKS, _CITATIONS)
    return [figure_line(figure, actor, about=about) for figure in rows]


def quantity_line(
    quantity: Quantity | None, *, kind: Kind | str, measure: Measure | str, label: str = "", note: str = ""
) -> FigureLine:
    """The line of something worked out (a total): it has no source of its own; None reads "not stated"."""
    return FigureLine(
        value=quantity.value if quantity else None,
        value_max=quantity.value_max if quantity else None,
        unit=str(quantity.unit) if quantity else "",
        kind=str(kind),
        bound=str(quantity.bound) if quantity else "equal",
        label=label or measure_label(measure),
        note=note,
    )


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A fact that is no number, as a page shows it. `when` is where it stands on a timeline, None: not stated."""

    words: str
    kind: str
    kind_label: str
    forward: bool
    when: Period | None
    period: Period | None
    horizon: Period | None
    stated_by: str
    about: tuple[str, ...]
    sources: tuple[SourceMark, ...]
    url: str

    @property
    def saying(self) -> Saying:
        """As one side of a contradiction."""
        return Saying(words=self.words, note=self.stated_by, sources=self.sources)


def statement_line(statement: Statement, actor: Actor, *, about: Collection[int] = ()) -> StatementLine:
    """The line of one loaded statement; `about` as in `figure_line`."""
    return StatementLine(
        words=say(statement.words),
        kind=statement.kind,
        kind_label=str(StatementKind(statement.kind).label),
        forward=statement.forward,
        when=statement.dated,
        period=statement.period,
        horizon=statement.horizon,
        stated_by=teller_words(statement),
        about=tuple(_labels(_telling(statement.links.all()), about)),
        sources=source_marks(statement.citations.all(), actor),
        url=page_of(actor, "statements", statement),
    )


def statement_lines(
    statements: Iterable[Statement], actor: Actor, *, about: Collection[int] = ()
) -> list[StatementLine]:
    """The lines of statements, in their order; the caller has asked `visible_to(actor)`."""
    rows = list(statements)
    prefetch_related_objects(rows, *_TELLERS, _STATEMENT_LINKS, _CITATIONS)
    return [statement_line(statement, actor, about=about) for statement in rows]
