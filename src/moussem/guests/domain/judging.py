"""How targets stand against the criteria of their list: computed from the directory, or as a person answered.

A standing is derived: it may be computed again at any time and has no row in the ledger. It orders the list and decides
nothing: nobody is invited, and nobody is left out, by points.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.bulk import insert_many
from moussem.core.ids import uuid7
from moussem.core.versions import save_version
from moussem.events.models import Event
from moussem.guests.domain.queries.assessing import assess
from moussem.guests.domain.queries.facts import Candidate, findings_of
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import JUDGE_LISTS, CriterionField, Verdict
from moussem.guests.models import Criterion, Judgement, Standing, Target
from moussem.guests.permissions import can_invite

MANY = 1000
Tell = Callable[[int, int], None]


class OtherList(Exception):
    """The criterion is of another gathering's list, or was dropped."""


def criteria_of(event: Event) -> list[Criterion]:
    """The criteria of a list that count, in their order."""
    return list(Criterion.objects.filter(event=event, dropped_at=None).order_by("position", "pk"))


@transaction.atomic
def judge_list(
    *, by: Actor, at: datetime, event: Event, targets: "QuerySet[Target] | None" = None, tell: Tell | None = None
) -> int:
    """Let every target of a list (or `targets` of it) stand as the criteria and the directory now say; answers for how
    many that changed. Without criteria nobody stands anywhere. `tell` hears how many of how many are done.
    """
    require(can_invite(by), "judge a target list")
    require_own(event, by=by)
    lock_event(event.pk)
    criteria = criteria_of(event)
    rows = Target.objects.filter(event=event) if targets is None else targets
    if not criteria:
        return _forget(Standing.objects.filter(target__in=rows))
    off = Standing.objects.filter(target__in=rows.filter(dropped_at__isnull=False))
    changed = _forget(off)
    listed = rows.filter(dropped_at=None).select_related("person", "organisation").order_by("pk")
    found = list(listed)
    for start in range(0, len(found), MANY):
        changed += _judge(by, at, event, criteria, found[start : start + MANY])
        if tell is not None:
            tell(min(start + MANY, len(found)), len(found))
    return changed


def _forget(rows: "QuerySet[Standing]") -> int:
    return rows.delete()[0] if rows.exists() else 0


def _judge(by: Actor, at: datetime, event: Event, criteria: Sequence[Criterion], targets: Sequence[Target]) -> int:
    candidates = [Candidate(target.person, target.organisation) for target in targets]
    fields = {row.field for row in criteria}
    findings = findings_of(by, event, candidates, fields, on=at.date())
    said = _said([target.pk for target in targets])
    before = {row.target_id: row for row in Standing.objects.filter(target__in=targets)}
    otherwise, outdated = [], []
    for target in targets:
        found, lines = assess(criteria, target.person_id, findings, said.get(target.pk, {}))
        row = before.get(target.pk)
        values = {"points": found.points, "share": found.share, "sort_code": found.sort_code, "assessment": lines}
        if row is not None and all(getattr(row, name) == value for name, value in values.items()):
            continue
        otherwise.append((target.pk, values))
        if row is not None:
            outdated.append(row.pk)
    # Derived rows to which nothing points are written anew: an update of ten thousand takes many times as long.
    rows = Standing.objects.filter(pk__in=outdated)
    rows._raw_delete(rows.db)
    _insert(event, at, otherwise)
    return len(otherwise)


def _said(targets: Sequence[int]) -> dict[int, dict[int, Judgement]]:
    said: dict[int, dict[int, Judgement]] = {}
    for row in Judgement.objects.filter(target__in=targets):
        said.setdefault(row.target_id, {})[row.criterion_id] = row
    return said


def _insert(event: Event, at: datetime, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    each: dict[str, list[Any]] = {"public_id": [uuid7() for _ in rows], "target_id": [pk for pk, _values in rows]}
    for name in ("points", "share", "sort_code", "assessment"):
        each[name] = [values[name] for _pk, values in rows]
    insert_many(Standing, len(rows), each, {"promoter_id": event.promoter_id, "judged_at": at})


def judge_one(*, by: Actor, at: datetime, target: Target) -> None:
    """Let one target stand as the criteria and the directory now say."""
    judge_list(by=by, at=at, event=target.event, targets=Target.objects.filter(pk=target.pk))


def judge_lists_everywhere(*, at: datetime) -> int:
    """Judge the lists of all events that are not over again, each in its own transaction; answers how many changed."""
    ahead = Event.objects.filter(
        Q(period_end__gte=at.date()) | Q(period_end=None), criteria__isnull=False, criteria__dropped_at=None
    )
    changed = 0
    for event in ahead.select_related("promoter").distinct().order_by("pk"):
        by = task_actor(JUDGE_LISTS, promoter_pk=event.promoter_id, promoter_key=event.promoter.key)
        changed += judge_list(by=by, at=at, event=event)
    return changed


@transaction.atomic
def answer_criteria(
    *, by: Actor, at: datetime, target: Target, read_version: int, said: Mapping[Criterion, tuple[Verdict | None, str]]
) -> Target:
    """Answer criteria about a target, each with words; None takes an answer back, and the directory's counts again.

    Raises `OtherList`, `ChangedMeanwhile`.
    """
    require(can_invite(by), "answer a criterion")
    require_own(target, *said, by=by)
    if any(row.event_id != target.event_id or row.dropped_at is not None for row in said):
        raise OtherList(target.public_id)
    before = {row.criterion_id: (row.answer, row.words) for row in Judgement.objects.filter(target=target)}
    wanted = {row: (str(answer), words[:300]) if answer else None for row, (answer, words) in said.items()}
    differing = {row: value for row, value in wanted.items() if before.get(row.pk) != value}
    if not differing:
        return target
    save_version(target, read_version=read_version)
    _keep(by, at, target, differing)
    told = {_called(row): value[0] if value else None for row, value in differing.items()}
    was = {_called(row): before[row.pk][0] for row in differing if row.pk in before}
    write_entry(
        by=by, at=at, verb="answer_criterion", object_kind="target", object_id=target.public_id,
        object_label=target.person.name, promoter_key=by.promoter_key, before=was, after=told,
    )  # fmt: skip
    judge_one(by=by, at=at, target=target)
    return target


def _keep(by: Actor, at: datetime, target: Target, differing: Mapping[Criterion, tuple[str, str] | None]) -> None:
    for row, value in differing.items():
        if value is None:
            Judgement.objects.filter(target=target, criterion=row).delete()
            continue
        answer, words = value
        kept = {"answer": answer, "words": words, "judged_by": by.shown_label[:200], "judged_at": at}
        Judgement.objects.update_or_create(
            target=target, criterion=row, defaults=kept, create_defaults={**kept, "promoter_id": target.promoter_id}
        )


def _called(row: Criterion) -> str:
    return row.question if row.field == CriterionField.QUESTION else f"{row.field} {row.position + 1}"


def answers_of(targets: Iterable[Target]) -> dict[int, dict[int, Judgement]]:
    """What people answered about targets, by target and criterion."""
    return _said([target.pk for target in targets])
