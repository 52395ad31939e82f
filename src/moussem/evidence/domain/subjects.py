"""Subjects: opened with the thing they stand for, and grouped when a person decides that two things are one."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from moussem.accounts.domain.refusals import require_own
from moussem.core.actor import Actor
from moussem.core.inserting import inserted
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject


class CannotMerge(Exception):
    """Two subjects of different kinds, or one of them already stands for others, or they are the same."""


def open_subject(
    *,
    by: Actor,
    kind: SubjectKind,
    public_id: uuid.UUID,
    label: Mapping[str, str],
    address: str = "",
    within: Subject | None = None,
    published_at: datetime | None = None,
) -> Subject:
    """The subject of a thing that is being created, in its transaction; the thing's own ledger entry tells of both.

    `address` is relative to the language prefix ("organisations/<id>/"). `within` is the subject of the place
    around it.
    """
    return inserted(
        Subject(
            promoter_id=by.promoter_pk, kind=kind, public_id=public_id, label=dict(label), address=address,
            within=within, published_at=published_at,
        )
    )  # fmt: skip


def let_stand_for(*, by: Actor, subject: Subject, canonical: Subject) -> None:
    """Let `canonical` stand for `subject` in totals and filters; raises `CannotMerge`. Nothing is repointed."""
    require_own(subject, canonical, by=by)
    if subject.pk == canonical.pk or subject.kind != canonical.kind or canonical.canonical_id:
        raise CannotMerge(f"{subject.public_id} -> {canonical.public_id}")
    if subject.merged.exists():
        raise CannotMerge(f"{subject.public_id} stands for others")
    Subject.objects.filter(pk=subject.pk).update(canonical=canonical)


def let_stand_alone(*, by: Actor, subject: Subject) -> None:
    """Undo `let_stand_for`."""
    require_own(subject, by=by)
    Subject.objects.filter(pk=subject.pk).update(canonical=None)
