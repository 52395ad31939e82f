"""What the directory knows of a timeline: establishments, roles and memberships whose dates are stated.

Those without a date stand in the brief of a page, where their silence is said.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.models import Affiliation, Establishment
from moussem.evidence.domain.queries.territory import Group
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject

_PATHS = {
    SubjectKind.ORGANISATION: "organisation__subject",
    SubjectKind.PERSON: "person__subject",
    SubjectKind.PARK: "park__subject",
    SubjectKind.PLACE: "place__subject",
}


def kind_of(subjects: Sequence[int]) -> str:
    """The kind of what stands behind subjects (inner keys of one thing and those merged with it); "" for none."""
    if isinstance(subjects, Group) and subjects.kind:
        return subjects.kind
    return Subject.objects.filter(pk=subjects[0]).values_list("kind", flat=True).first() or "" if subjects else ""


@answered
def establishment_entries(
    actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int
) -> Reading[list[Entry]]:
    """The newest dated establishments of an organisation, or at a park or place; a source of `core.timelines`."""
    kind = kind_of(subjects)
    if kind not in (SubjectKind.ORGANISATION, SubjectKind.PARK, SubjectKind.PLACE):
        return []
    (found,) = yield [_establishments(actor, kind, subjects, before, limit)]
    marks = yield from marks_of.reading(actor, [row.public_id for row in found])
    return [_established(row, marks) for row in found]


@question
def _establishments(
    actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int
) -> QuerySet[Any]:
    rows = Establishment.objects.visible_to(actor).select_related("organisation", "park", "place")
    return _dated(rows, kind, subjects, before, limit)


@answered
def affiliation_entries(
    actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int
) -> Reading[list[Entry]]:
    """The newest dated roles of a person, or at an organisation; a source of `core.timelines`."""
    kind = kind_of(subjects)
    if kind not in (SubjectKind.ORGANISATION, SubjectKind.PERSON):
        return []
    (found,) = yield [_affiliations(actor, kind, subjects, before, limit)]
    marks = yield from marks_of.reading(actor, [row.public_id for row in found])
    return [_affiliated(row, marks) for row in found]


@question
def _affiliations(actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    rows = Affiliation.objects.visible_to(actor).select_related("organisation", "person")
    return _dated(rows, kind, subjects, before, limit)


def _dated(rows: QuerySet[Any], kind: str, subjects: Sequence[int], before: Moment | None, limit: int) -> QuerySet[Any]:
    tied = (
        {_PATHS[SubjectKind(kind)]: subjects[0]}
        if len(subjects) == 1
        else {f"{_PATHS[SubjectKind(kind)]}__in": list(subjects)}
    )
    return older_than(rows.filter(period_start__isnull=False, **tied), before, limit, dated=True)


def _established(row: Establishment, marks: Marks) -> Entry:
    where = row.park.name if row.park else say(row.place.name)
    event = Event(
        title=gettext("%(organisation)s at %(place)s") % {"organisation": row.organisation.shown_name, "place": where},
        icon="building-2",
        period=row.period,
        url=public_address(f"organisations/{row.organisation.public_id}/"),
        inferred=row.period_inferred,
        sources=marks.get(row.public_id, ()),
    )
    return Entry(Moment(row.period_start, row.public_id), event)


def _affiliated(row: Affiliation, marks: Marks) -> Entry:
    values = {"person": row.person.name, "organisation": row.organisation.name, "role": say(row.role)}
    said = (
        gettext("%(person)s, %(role)s, %(organisation)s") if values["role"] else gettext("%(person)s, %(organisation)s")
    )
    event = Event(
        title=said % values,
        icon="user-round",
        period=row.period,
        inferred=row.period_inferred,
        sources=marks.get(row.public_id, ()),
    )
    return Entry(Moment(row.period_start, row.public_id), event)
