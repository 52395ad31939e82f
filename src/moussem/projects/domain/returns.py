"""Declaring, correcting, checking and verifying headcount returns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import Promoter
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.models import StoredFile
from moussem.directory.domain.names import fold
from moussem.directory.models import Organisation
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period, day
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, Teller, record_figure, replace_figure
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models import Figure
from moussem.projects.domain.passages import SamePerson, key_of
from moussem.projects.domain.sources import cite_declaration, cite_verification
from moussem.projects.enums import ReturnState
from moussem.projects.models import HeadcountReturn
from moussem.projects.permissions import can_be_second, can_write


class NotYours(Exception):
    """The actor declares for another's establishment. Pages answer as if there were none."""


class AlreadyDeclared(Exception):
    """The return was declared before; a correction keeps both."""


class NotDeclared(Exception):
    """There is nothing yet to correct, check or verify."""


class MoreLeftThanWere(Exception):
    """More people left than could have been there; `most` is how many could."""

    def __init__(self, most: int) -> None:
        """Keep the number, for the sentence."""
        super().__init__(most)
        self.most = most


class MoreHiredThanStay(Exception):
    """More people were hired than are present or have left; `most` is how many could have been."""

    def __init__(self, most: int) -> None:
        """Keep the number, for the sentence."""
        super().__init__(most)
        self.most = most


class BeforeOpening(Exception):
    """The period ends before the establishment opened."""


class EvidenceMissing(Exception):
    """A verification says what it rests on."""


class NobodyIndependent(Exception):
    """Neither the operator itself nor the promoter is a verifying body."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Whole numbers of persons: present at the period's end, hired and left during it."""

    present: int
    hired: int
    left: int


def previous_of(row: HeadcountReturn) -> HeadcountReturn | None:
    """The newest declared return of the same establishment that ends before this one begins; None: there is none."""
    if row.period_start is None:
        return None
    declared = HeadcountReturn.objects.filter(
        establishment=row.establishment_id, replaced_by=None, present__isnull=False, period_end__lt=row.period_start
    )
    return declared.order_by("-period_end", "-pk").first()


@transaction.atomic
def declare_return(
    *,
    by: Actor,
    at: datetime,
    row: HeadcountReturn,
    numbers: Numbers,
    evidence_words: str = "",
    evidence_file: StoredFile | None = None,
) -> HeadcountReturn:
    """The operator's own three numbers: by the link made for it, by its user, or by the promoter's staff on its word.

    They become a declared figure, which cites the return and which nobody has published. Raises `NotYours`,
    `AlreadyDeclared`, `BeforeOpening`, `MoreLeftThanWere`, `MoreHiredThanStay`.
    """
    _require_reach(by, row)
    check_numbers(row, numbers)
    waiting = HeadcountReturn.objects.filter(pk=row.pk, state=ReturnState.ASKED)
    if not waiting.update(
        state=ReturnState.DECLARED, present=numbers.present, hired=numbers.hired, left=numbers.left, declared_at=at,
        declared_by=by.label[:200], declared_key=key_of(by), evidence_words=evidence_words,
        evidence_file=evidence_file, version=F("version") + 1,
    ):  # fmt: skip
        raise AlreadyDeclared(row.public_id)
    row.refresh_from_db()
    writer = _writer(row)
    said, subjects = cite_declaration(by=writer, at=at, row=row), _subjects(row)
    row.figure = record_figure(by=writer, at=at, facts=_staff_facts(row), subjects=subjects, citations=said)
    if numbers.hired:
        record_figure(by=writer, at=at, facts=_recruits_facts(row), subjects=subjects, citations=said)
    row.save(update_fields=["figure"])
    _tell(by, at, "declare_return", row, after=_told(row))
    return row


def _require_reach(by: Actor, row: HeadcountReturn) -> None:
    """Own link, own organisation, or the promoter's staff; nobody else."""
    by_link = by.kind == "link" and row.link is not None and str(row.link.public_id) == by.id
    organisation = row.establishment.organisation
    own = by.kind == "user" and bool({organisation.pk, organisation.canonical_id} & by.organisation_pks)
    if not (by_link or own or (can_write(by) and by.within(row.promoter_id))):
        raise NotYours(row.public_id)


def check_numbers(row: HeadcountReturn, numbers: Numbers) -> None:
    """Refuse what cannot be: see `declare_return`. The staff before is the last declared one, where there is one."""
    opened = row.establishment.period_start
    if opened and row.period_end and row.period_end < opened:
        raise BeforeOpening(opened)
    before = previous_of(row)
    if before is not None and numbers.left > (before.present or 0) + numbers.hired:
        raise MoreLeftThanWere((before.present or 0) + numbers.hired)
    if numbers.hired > numbers.present + numbers.left:
        raise MoreHiredThanStay(numbers.present + numbers.left)


def _writer(row: HeadcountReturn) -> Actor:
    """The background work of the promoter: an operator may not write its figures otherwise."""
    promoter = Promoter.objects.get(pk=row.promoter_id)
    return task_actor("declare", promoter_pk=promoter.pk, promoter_key=promoter.key)


def _staff_facts(row: HeadcountReturn) -> FigureFacts:
    return FigureFacts(
        measure=Measure.EMPLOYEES, value=row.present, unit=Unit.PEOPLE, kind=Kind.DECLARED, period=_end_of(row),
        stated_on=day(row.declared_at.date()) if row.declared_at else None, key=f"return:{row.public_id}",
        teller=Teller(organisation=row.establishment.organisation.subject),
    )  # fmt: skip


def _recruits_facts(row: HeadcountReturn) -> FigureFacts:
    return FigureFacts(
        measure=Measure.RECRUITS, value=row.hired, unit=Unit.PEOPLE, kind=Kind.DECLARED, period=row.period,
        stated_on=day(row.declared_at.date()) if row.declared_at else None, key=f"recruits:{row.public_id}",
        teller=Teller(organisation=row.establishment.organisation.subject),
    )  # fmt: skip


def _end_of(row: HeadcountReturn) -> Period | None:
    return day(row.period_end) if row.period_end else None


def _subjects(row: HeadcountReturn) -> SubjectsByRole:
    site = row.establishment
    subjects = [(SubjectRole.HOLDER, site.organisation.subject)]
    if site.park:
        subjects.append((SubjectRole.PARK, site.park.subject))
    elif site.place:
        subjects.append((SubjectRole.PLACE, site.place.subject))
    if row.project:
        subjects.append((SubjectRole.PROJECT, row.project.subject))
    return subjects


@transaction.atomic
def correct_return(
    *, by: Actor, at: datetime, row: HeadcountReturn, numbers: Numbers, reason: str, evidence_words: str = ""
) -> HeadcountReturn:
    """Other numbers in the place of those declared: a new row, which takes over the link; the old one stays and says
    why.

    Raises `NotDeclared`, `AlreadyDeclared` where somebody corrected it before, and what `declare_return` raises.
    """
    _require_reach(by, row)
    if row.state == ReturnState.ASKED:
        raise NotDeclared(row.public_id)
    check_numbers(row, numbers)
    # One current row for each establishment and period: the old one stands for itself until the new one is there.
    current = HeadcountReturn.objects.filter(pk=row.pk, replaced_by=None)
    if not current.update(
        state=ReturnState.CORRECTED, replaced_by=F("pk"), replaced_reason=reason, link=None, version=F("version") + 1
    ):
        raise AlreadyDeclared(row.public_id)
    new = HeadcountReturn.objects.create(
        promoter_id=row.promoter_id, establishment=row.establishment, project=row.project, due_on=row.due_on,
        state=ReturnState.DECLARED, present=numbers.present, hired=numbers.hired, left=numbers.left,
        asked_at=row.asked_at, declared_at=at, declared_by=by.label[:200], declared_key=key_of(by),
        evidence_words=evidence_words or row.evidence_words, evidence_file=row.evidence_file, link=row.link,
        period_start=row.period_start, period_end=row.period_end, period_precision=row.period_precision,
        period_words=row.period_words, period_inferred=row.period_inferred,
    )  # fmt: skip
    HeadcountReturn.objects.filter(pk=row.pk).update(replaced_by=new)
    _replace_figures(row, new, at, reason)
    _tell(by, at, "correct_return", new, before=_told(row), after={**_told(new), "reason": reason})
    row.refresh_from_db()
    return new


def _replace_figures(row: HeadcountReturn, new: HeadcountReturn, at: datetime, reason: str) -> None:
    """The new figures cite the new numbers; the old ones keep what they cited."""
    writer = _writer(row)
    said = cite_declaration(by=writer, at=at, row=new)
    if row.figure is not None:
        new.figure = replace_figure(
            by=writer, at=at, figure=row.figure, facts=_staff_facts(new), reason=reason, citations=said
        )
        new.save(update_fields=["figure"])
    recruits = Figure.objects.filter(promoter=row.promoter_id, key=f"recruits:{row.public_id}").first()
    if recruits is not None:
        replace_figure(by=writer, at=at, figure=recruits, facts=_recruits_facts(new), reason=reason, citations=said)
    elif new.hired:
        record_figure(by=writer, at=at, facts=_recruits_facts(new), subjects=_subjects(new), citations=said)


@transaction.atomic
def check_return(*, by: Actor, at: datetime, row: HeadcountReturn) -> HeadcountReturn:
    """A second person of the promoter looked at it: *checked internally*, which is no verified figure.

    Raises `SamePerson` for who declared it, `NotDeclared`.
    """
    _require_second(by, row)
    declared = HeadcountReturn.objects.filter(pk=row.pk, state=ReturnState.DECLARED)
    if not declared.update(
        state=ReturnState.CHECKED, checked_by=key_of(by), checked_label=by.label[:200], version=F("version") + 1
    ):
        raise NotDeclared(row.public_id)
    row.refresh_from_db()
    _tell(by, at, "check_return", row)
    return row


def _require_second(by: Actor, row: HeadcountReturn) -> None:
    require(can_be_second(by), "verify a return")
    require_own(row, by=by)
    if key_of(by) == row.declared_key:
        raise SamePerson(row.declared_by)


@transaction.atomic
def verify_return(
    *, by: Actor, at: datetime, row: HeadcountReturn, body: Organisation, present: int, evidence_words: str
) -> HeadcountReturn:
    """Record what an independent body counted: a verified figure beside the declared one, which stays.

    `present` is the body's number, which may be another one; `evidence_words` what it rests on. Raises `SamePerson`,
    `NotDeclared`, `EvidenceMissing`, and `NobodyIndependent` for the operator itself and for the promoter.
    """
    _require_second(by, row)
    if not evidence_words:
        raise EvidenceMissing(row.public_id)
    promoter = Promoter.objects.get(pk=row.promoter_id)
    operator = row.establishment.organisation
    if operator.pk in (body.pk, body.canonical_id) or fold(body.name) == fold(promoter.name):
        raise NobodyIndependent(body.name)
    standing = HeadcountReturn.objects.filter(pk=row.pk, state__in=(ReturnState.DECLARED, ReturnState.CHECKED))
    if not standing.update(
        state=ReturnState.VERIFIED, checked_by=key_of(by), checked_label=by.label[:200], version=F("version") + 1
    ):
        raise NotDeclared(row.public_id)
    row.refresh_from_db()
    facts = FigureFacts(
        measure=Measure.EMPLOYEES, value=present, unit=Unit.PEOPLE, kind=Kind.VERIFIED, period=_end_of(row),
        stated_on=day(at.date()), key=f"verified:{row.public_id}", verified_by=body.subject,
        teller=Teller(organisation=body.subject), note={"fr": evidence_words},
    )  # fmt: skip
    said = cite_verification(by=by, at=at, row=row, words=evidence_words)
    row.verified_figure = record_figure(by=by, at=at, facts=facts, subjects=_subjects(row), citations=[said])
    row.save(update_fields=["verified_figure"])
    _tell(by, at, "verify_return", row, after={"present": present, "body": body.name, "evidence": evidence_words})
    return row


def _told(row: HeadcountReturn) -> dict[str, Any]:
    return {"present": row.present, "hired": row.hired, "left": row.left}


def _tell(by: Actor, at: datetime, verb: str, row: HeadcountReturn, **changes: Any) -> None:
    promoter = Promoter.objects.get(pk=row.promoter_id)
    write_entry(
        by=by, at=at, verb=verb, object_kind="headcountreturn", object_id=row.public_id,
        object_label=row.establishment.organisation.name, promoter_key=promoter.key, **changes,
    )  # fmt: skip
