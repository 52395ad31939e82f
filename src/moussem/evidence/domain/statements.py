"""Recording and publishing statements, and putting contradictions side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.engines.values.period import Period
from moussem.evidence.domain.figures import NoSource, NoSubject, SubjectNotPublic, SubjectsByRole, Teller
from moussem.evidence.enums import StatementKind
from moussem.evidence.models import Citation, Contradiction, Figure, Statement, StatementSubject, Subject
from moussem.evidence.permissions import can_publish, can_record


class NotAgainst(Exception):
    """A contradiction needs at least two sides."""


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """A fact in our own words by language; `forward` where it says what will be, with `horizon` telling when."""

    kind: StatementKind
    words: Mapping[str, str]
    period: Period | None = None
    horizon: Period | None = None
    stated_on: Period | None = None
    forward: bool = False
    teller: Teller = field(default_factory=Teller)
    key: str = ""


@transaction.atomic
def record_statement(
    *, by: Actor, at: datetime, facts: StatementFacts, subjects: SubjectsByRole, citations: Iterable[Citation] = ()
) -> Statement:
    """Record a fact that is no number; not public yet. Raises `NoSubject`, `NotAllowed`."""
    require(can_record(by), "record a statement")
    if not subjects:
        raise NoSubject(facts.kind)
    statement = Statement.objects.create(
        promoter_id=by.promoter_pk,
        recorded_at=at,
        key=facts.key,
        **_columns(facts),
    )
    StatementSubject.objects.bulk_create(StatementSubject.tie(statement, subject, role) for role, subject in subjects)
    statement.citations.set(citations)
    _tell(by, at, "record_statement", statement)
    return statement


def _columns(facts: StatementFacts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "words": dict(facts.words),
        "forward": facts.forward,
        "stated_by_person": facts.teller.person,
        "stated_by_organisation": facts.teller.organisation,
        "stated_by_words": facts.teller.words,
        **period_values("period", facts.period),
        **period_values("horizon", facts.horizon),
        **period_values("stated_on", facts.stated_on),
    }


@transaction.atomic
def correct_statement(
    *,
    by: Actor,
    at: datetime,
    statement: Statement,
    read_version: int,
    facts: StatementFacts,
    subjects: SubjectsByRole,
    citations: Sequence[Citation] | None = None,
) -> Statement:
    """Correct a statement in place; the ledger keeps what it said before. Citations stay unless new ones are given.

    Raises `NoSubject`, `ChangedMeanwhile` where somebody else saved since it was read, and `SubjectNotPublic` where a
    public statement would be about something closed.
    """
    require(can_record(by), "correct a statement")
    require_own(statement, by=by)
    if not subjects:
        raise NoSubject(facts.kind)
    closed = next((subject for _role, subject in subjects if not subject.is_published), None)
    if statement.published_at and closed is not None:
        raise SubjectNotPublic(closed.public_id)
    links = statement.links.select_related("subject").order_by("pk")
    before = _said(statement) | {"subjects": [_named(link.role, link.subject) for link in links]}
    save_version(statement, read_version=read_version, **_columns(facts))
    statement.links.all().delete()
    StatementSubject.objects.bulk_create(StatementSubject.tie(statement, subject, role) for role, subject in subjects)
    if citations:
        statement.citations.set(citations)
    after = _said(statement) | {"subjects": [_named(role, subject) for role, subject in subjects]}
    _tell(by, at, "correct_statement", statement, before=before, after=after)
    return statement


def _named(role: str, subject: Subject) -> str:
    return f"{role} {subject.public_id}"


def _said(statement: Statement) -> dict[str, Any]:
    return {"kind": str(statement.kind), "words": dict(statement.words)}


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    statement: Statement,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="statement", object_id=statement.public_id,
        object_label=str(statement.words.get("en") or statement.words.get("fr") or ""), promoter_key=by.promoter_key,
        before=before, after=after or _said(statement),
    )  # fmt: skip


@transaction.atomic
def publish_statement(*, by: Actor, at: datetime, statement: Statement) -> Statement:
    """Open a statement to the public; a second time changes nothing. Raises `NoSource`, `SubjectNotPublic`."""
    require(can_publish(by), "publish a statement")
    require_own(statement, by=by)
    if not statement.citations.exists():
        raise NoSource(statement.public_id)
    closed = statement.subjects.filter(published_at=None).first()
    if closed is not None:
        raise SubjectNotPublic(closed.public_id)
    if Statement.objects.filter(pk=statement.pk, published_at=None).update(published_at=at):
        _tell(by, at, "publish_statement", statement)
    statement.refresh_from_db(fields=["published_at"])
    return statement


@transaction.atomic
def set_against(
    *,
    by: Actor,
    at: datetime,
    words: Mapping[str, str],
    figures: Sequence[Figure] = (),
    statements: Sequence[Statement] = (),
    key: str = "",
    publish: bool = False,
) -> Contradiction:
    """Put figures or statements that cannot all be so side by side; raises `NotAgainst` for fewer than two."""
    require(can_record(by), "record a contradiction")
    require_own(*figures, *statements, by=by)
    if len(figures) + len(statements) < 2:
        raise NotAgainst(key)
    contradiction = Contradiction.objects.create(
        promoter_id=by.promoter_pk, key=key, words=dict(words), published_at=at if publish else None
    )
    contradiction.figures.set(figures)
    contradiction.statements.set(statements)
    write_entry(
        by=by, at=at, verb="set_against", object_kind="contradiction", object_id=contradiction.public_id,
        object_label=str(words.get("en", "")), promoter_key=by.promoter_key,
        after={"figures": [str(f.public_id) for f in figures], "statements": [str(s.public_id) for s in statements]},
    )  # fmt: skip
    return contradiction
