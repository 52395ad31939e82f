"""The shapes that several resources share. Not stated is null everywhere, never an empty text or a zero."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from ninja import Field, Schema

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.texts import say
from moussem.directory.domain.queries.cited import citations_of
from moussem.engines.values.period import Period
from moussem.evidence.domain.queries.lines import may_open
from moussem.evidence.models import Citation, Contradiction, Document, Figure, Statement, Subject

Words = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""A text without the character NUL, which no database of ours can hold."""


class Related(Schema):
    """Another thing: its identifier, what it is, how it is called, and where its page is."""

    id: UUID
    kind: str
    label: str
    url: str


class RelatedInRole(Related):
    """Another thing, in a role."""

    role: str


class When(Schema):
    """A time as the source states it; `start` and `end` are included, null where open. `words` are the source's own."""

    start: date | None
    end: date | None
    precision: str
    words: str | None
    inferred: bool


class Quoted(Schema):
    """Where it is said: a document, its place in it, and the exact words (at most twelve)."""

    document: UUID
    title: str | None
    publisher: str | None
    published_on: When | None
    paragraph: int | None
    quote: str | None
    url: str


class Teller(Schema):
    """Who said it; all null: the document itself."""

    person: Related | None
    organisation: Related | None
    words: str | None


class MembershipItem(Schema):
    """What somebody is a member of, and the place where; `role` as a source words the tie ("initiator")."""

    association: Related | None
    place: Related | None
    role: str | None
    period: When | None


class Against(Schema):
    """A contradiction: what it is about in our words, and every side of it that the caller may see, this one among
    them. Nothing is chosen between them.
    """

    words: str
    figures: list[UUID]
    statements: list[UUID]


class Refusal(Schema):
    """Why something was not done: a name for programs, a sentence for people."""

    error: str
    sentence: str


def sees(actor: Actor, row: Any) -> bool:
    """Whether an actor sees a row that another one names: it is published, or the actor's own promoter's."""
    staff = bool(actor.roles) and not actor.event_key
    return row.is_published or (staff and actor.within(row.promoter_id))


def related(subject: Subject | None, actor: Actor) -> dict[str, Any] | None:
    """The relation to what a subject stands for; null also where the actor may not know of it."""
    if subject is None or not sees(actor, subject):
        return None
    return {
        "id": subject.public_id,
        "kind": subject.kind,
        "label": say(subject.label),
        "url": public_address(subject.address) if subject.address else "",
    }


def related_row(row: Any, actor: Actor) -> dict[str, Any] | None:
    """The relation to a row that has a subject (loaded)."""
    return related(row.subject, actor) if row is not None else None


def when(period: Period | None) -> dict[str, Any] | None:
    """A period; null where it is not stated."""
    if period is None:
        return None
    return {
        "start": period.start,
        "end": period.end,
        "precision": str(period.precision),
        "words": period.words or None,
        "inferred": period.inferred,
    }


def quoted(citation: Citation, actor: Actor) -> dict[str, Any]:
    """A citation with its document (loaded); without an address where the actor may not open the document."""
    document: Document = citation.document
    return {
        "document": document.public_id,
        "title": document.title or None,
        "publisher": document.publisher or None,
        "published_on": when(document.published_on),
        "paragraph": citation.paragraph,
        "quote": citation.quote or None,
        "url": public_address(f"documents/{document.public_id}/") if may_open(document, actor) else "",
    }


def load_citations(rows: Iterable[Any], actor: Actor) -> None:
    """Give records of any room their citations as `cited`; one query."""
    given = list(rows)
    found = citations_of(actor, [row.public_id for row in given])
    for row in given:
        row.cited = [quoted(citation, actor) for citation in found.get(row.public_id, ())]


def told(row: Any, actor: Actor) -> dict[str, Any]:
    """Who said it, of a figure or statement with its tellers loaded."""
    return {
        "person": related(row.stated_by_person, actor),
        "organisation": related(row.stated_by_organisation, actor),
        "words": row.stated_by_words or None,
    }


def in_roles(links: Any, actor: Actor) -> list[dict[str, Any]]:
    """The things a figure or statement is about that the actor may know of, each in its role (links loaded)."""
    found = ((related(link.subject, actor), link.role) for link in links)
    return [{**thing, "role": role} for thing, role in found if thing is not None]


def membership_item(row: Any, actor: Actor) -> dict[str, Any]:
    """A membership (association and place loaded), from the member's side."""
    return {
        "association": related_row(row.association, actor),
        "place": related_row(row.place, actor),
        "role": say(row.role) or None,
        "period": when(row.period),
    }


def contradicting(actor: Actor) -> "Prefetch[str, QuerySet[Contradiction], str]":
    """What loads the contradictions of figures or statements that an actor may see, in three queries."""
    sides = (
        Prefetch("figures", Figure.objects.visible_to(actor).only("public_id").order_by("pk")),
        Prefetch("statements", Statement.objects.visible_to(actor).only("public_id").order_by("pk")),
    )
    rows = Contradiction.objects.visible_to(actor).order_by("pk").prefetch_related(*sides)
    return Prefetch("contradictions", rows, to_attr="seen_contradictions")


def contradicted(row: Any) -> list[dict[str, Any]]:
    """The contradictions of a row loaded with `contradicting`, without those of which fewer than two sides are seen."""
    found = [
        {
            "words": say(one.words),
            "figures": [figure.public_id for figure in one.figures.all()],
            "statements": [statement.public_id for statement in one.statements.all()],
        }
        for one in row.seen_contradictions
    ]
    return [one for one in found if len(one["figures"]) + len(one["statements"]) > 1]
