"""Recording, replacing and publishing figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.core.news import publish
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.kinds import Kind as EngineKind
from moussem.engines.values.measures import Measure, check_figure
from moussem.engines.values.period import Period
from moussem.engines.values.units import Unit
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models import Citation, Figure, FigureSubject, Subject
from moussem.evidence.news import PUBLIC_FIGURES_CHANGED
from moussem.evidence.permissions import can_publish, can_record


class NoSource(Exception):
    """A figure without a citation cannot be published."""


class NoSubject(Exception):
    """A figure is about nothing."""


class SubjectNotPublic(Exception):
    """A figure is published only when everything it is about is."""


class AlreadyReplaced(Exception):
    """The figure was replaced before; correct the one that replaced it."""


class NotVerified(Exception):
    """A verified figure names the verifying body."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who said it: subjects of a person and an organisation, and the words of the source; all empty: the document
    itself.
    """

    person: Subject | None = None
    organisation: Subject | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """What a source says. `value` and `value_max` are integers in the unit's scale; `value` None: no number stated."""

    measure: Measure
    value: int | None
    unit: Unit
    kind: Kind
    bound: Bound = Bound.EQUAL
    value_max: int | None = None
    scope: Scope = Scope.NOT_STATED
    period: Period | None = None
    horizon: Period | None = None
    perimeter: str = ""
    stated_on: Period | None = None
    teller: Teller = field(default_factory=Teller)
    note: Mapping[str, str] | None = None
    inferred: tuple[str, ...] = ()
    key: str = ""
    maybe_within: Figure | None = None
    verified_by: Subject | None = None


SubjectsByRole = Sequence[tuple[SubjectRole, Subject]]


@transaction.atomic
def record_figure(
    *, by: Actor, at: datetime, facts: FigureFacts, subjects: SubjectsByRole, citations: Iterable[Citation] = ()
) -> Figure:
    """Record what a source says of something; not public yet.

    Raises the engine's `FigureRefused` (unit, kind, bound or value contradict the measure), `NoSubject`, `NotVerified`,
    `NotAllowed`.
    """
    require(can_record(by), "record a figure")
    if not subjects:
        raise NoSubject(facts.measure)
    if facts.kind == Kind.VERIFIED and facts.verified_by is None:
        raise NotVerified(facts.measure)
    check_figure(
        measure=facts.measure, value=facts.value, value_max=facts.value_max, bound=facts.bound, unit=facts.unit,
        kind=EngineKind(facts.kind),
    )  # fmt: skip
    figure = Figure.objects.create(promoter_id=by.promoter_pk, recorded_at=at, **_columns(facts))
    whole = all(role != SubjectRole.HOLDER for role, _ in subjects)
    FigureSubject.objects.bulk_create(FigureSubject.tie(figure, subj, role, whole=whole) for role, subj in subjects)
    figure.citations.set(citations)
    _tell(by, at, "record_figure", figure, after=_told(facts))
    return figure


def _columns(facts: FigureFacts) -> dict[str, Any]:
    return {
        "key": facts.key,
        "measure": facts.measure.value,
        "value": facts.value,
        "value_max": facts.value_max,
        "bound": facts.bound.value,
        "unit": facts.unit.value,
        "kind": facts.kind,
        "scope": facts.scope.value,
        "perimeter": facts.perimeter,
        "note": dict(facts.note or {}),
        "inferred": list(facts.inferred),
        "maybe_within": facts.maybe_within,
        "verified_by": facts.verified_by,
        "stated_by_person": facts.teller.person,
        "stated_by_organisation": facts.teller.organisation,
        "stated_by_words": facts.teller.words,
        **period_values("period", facts.period),
        **period_values("horizon", facts.horizon),
        **period_values("stated_on", facts.stated_on),
    }


def _told(facts: FigureFacts) -> dict[str, Any]:
    return {
        "measure": facts.measure.value,
        "value": facts.value,
        "value_max": facts.value_max,
        "bound": facts.bound.value,
        "unit": facts.unit.value,
        "kind": str(facts.kind),
        "scope": facts.scope.value,
    }


def _tell(by: Actor, at: datetime, verb: str, figure: Figure, **changes: Any) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="figure", object_id=figure.public_id,
        object_label=f"{figure.measure} {figure.value} {figure.kind}", promoter_key=by.promoter_key, **changes,
    )  # fmt: skip


def _tell_higher_rooms(by: Actor, figure: Figure, what: str, opens_at: str = "") -> None:
    subjects = sorted(set(figure.links.values_list("subject", flat=True)))
    key = f"{figure.public_id}:{what}"
    publish(PUBLIC_FIGURES_CHANGED, key=key, promoter_key=by.promoter_key, subjects=subjects, opens_at=opens_at)


@transaction.atomic
def replace_figure(
    *,
    by: Actor,
    at: datetime,
    figure: Figure,
    facts: FigureFacts,
    reason: str,
    subjects: SubjectsByRole | None = None,
    citations: Iterable[Citation] | None = None,
) -> Figure:
    """Correct a figure by a new one; the old one stays, says which replaced it and why, and counts no more.

    Subjects and citations are those of the old one unless given. Raises `AlreadyReplaced` where somebody was quicker.
    """
    require_own(figure, by=by)
    links = [(SubjectRole(link.role), link.subject) for link in figure.links.select_related("subject")]
    new = record_figure(
        by=by,
        at=at,
        facts=facts,
        subjects=links if subjects is None else subjects,
        citations=list(figure.citations.all()) if citations is None else citations,
    )
    replaced = Figure.objects.filter(pk=figure.pk, replaced_by=None).update(replaced_by=new, replaced_reason=reason)
    if not replaced:
        raise AlreadyReplaced(figure.public_id)
    if figure.published_at:
        publish_figure(by=by, at=at, figure=new)
        _tell_higher_rooms(by, figure, "replaced")
    _tell(by, at, "replace_figure", figure, after={"replaced_by": str(new.public_id), "reason": reason})
    return new


@transaction.atomic
def publish_figure(*, by: Actor, at: datetime, figure: Figure, embargo_until: datetime | None = None) -> Figure:
    """Open a figure to the public, now or from `embargo_until` on; a second time changes nothing.

    Raises `NoSource` without a citation, `SubjectNotPublic` while something it is about is closed.
    """
    require(can_publish(by), "publish a figure")
    require_own(figure, by=by)
    if not figure.citations.exists():
        raise NoSource(figure.public_id)
    closed = figure.subjects.filter(published_at=None).first()
    if closed is not None:
        raise SubjectNotPublic(closed.public_id)
    opened = Figure.objects.filter(pk=figure.pk, published_at=None)
    if opened.update(published_at=at, embargo_until=embargo_until):
        _tell(by, at, "publish_figure", figure)
        opens_at = embargo_until.isoformat() if embargo_until and embargo_until > at else ""
        _tell_higher_rooms(by, figure, "published", opens_at)
    figure.refresh_from_db(fields=["published_at", "embargo_until"])
    return figure
