"""Asking an operator for its staff at an establishment in a period."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from moussem.accounts.domain.links import create_link
from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Promoter
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.models import period_values
from moussem.directory.domain.organisations import establish
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Establishment
from moussem.engines.values.period import Period
from moussem.mail.domain.outbox import queue
from moussem.projects.domain.letters import HEADCOUNT_RETURN
from moussem.projects.models import HeadcountReturn, Project
from moussem.projects.permissions import can_write

LINK_STAYS = timedelta(days=90)
"""For how long after the due date the operator's link works."""


class AlreadyAskedFor(Exception):
    """A return of this establishment and period was asked for before."""


class NoEstablishment(Exception):
    """It is not known where the organisation works: name the organisation, and its place or park."""


class PeriodNotStated(Exception):
    """A return is of a period with a first and a last day."""


@transaction.atomic
def ask_return(
    *,
    by: Actor,
    at: datetime,
    period: Period,
    due_on: date,
    establishment: Establishment | None = None,
    project: Project | None = None,
    to: str = "",
    person_label: str = "",
    language: str = "fr",
) -> HeadcountReturn:
    """Ask for the three numbers of an establishment and period, by a personal link and, with an address `to`, by mail.

    Without an establishment it is the project's, or its organisation is established at the project's place or park.
    Raises `AlreadyAskedFor`, `NoEstablishment`, `PeriodNotStated`.
    """
    require(can_write(by), "ask for a return")
    require_own(project, by=by)
    require_in_reach(establishment, by=by)
    if period.start is None or period.end is None:
        raise PeriodNotStated(period.words)
    works_at = establishment or _establishment(by, at, project)
    try:
        with transaction.atomic():
            row = HeadcountReturn.objects.create(
                promoter_id=by.promoter_pk, establishment=works_at, project=project, due_on=due_on, asked_at=at,
                **period_values("period", period),
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyAskedFor(works_at.public_id) from None
    _send(by, at, row, to, person_label or works_at.organisation.name, language)
    return row


def _establishment(by: Actor, at: datetime, project: Project | None) -> Establishment:
    if project is None:
        raise NoEstablishment
    if project.establishment:
        return project.establishment
    if project.organisation is None or not (project.park or project.place):
        raise NoEstablishment(project.public_id)
    known = project.organisation.establishments.filter(promoter=by.promoter_pk)
    there = known.filter(park=project.park) if project.park else known.filter(place=project.place)
    found = there.order_by("pk").first()
    if found is None:
        found = establish(by=by, at=at, organisation=project.organisation, park=project.park, place=project.place)
    Project.objects.filter(pk=project.pk).update(establishment=found)
    return found


def _send(by: Actor, at: datetime, row: HeadcountReturn, to: str, person_label: str, language: str) -> None:
    promoter = Promoter.objects.get(pk=row.promoter_id)
    row.link = create_link(
        promoter=promoter, purpose=LinkPurpose.DECLARE, object_kind="headcount_return", object_key=row.public_id,
        person_label=person_label, language=language, by=by, at=at,
        expires_at=max(at, datetime.combine(row.due_on, at.timetz())) + LINK_STAYS,
    )  # fmt: skip
    row.save(update_fields=["link"])
    if to:
        queue(
            template=HEADCOUNT_RETURN, to=to, language=language, key=f"headcount-return:{row.public_id}",
            promoter=promoter, by=by, at=at, headcount_return=row.public_id,
        )  # fmt: skip
    write_entry(
        by=by, at=at, verb="ask_return", object_kind="headcountreturn", object_id=row.public_id,
        object_label=row.establishment.organisation.name, promoter_key=by.promoter_key,
        after={"from": row.period_start, "to": row.period_end, "due_on": row.due_on},
    )  # fmt: skip
