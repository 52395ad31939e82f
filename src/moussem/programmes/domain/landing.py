"""An accepted application becomes a project: one that is followed already, or a new one with what was applied for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, override

from moussem.accounts.domain.refusals import require, require_own
from moussem.core.actor import Actor, task_actor
from moussem.core.versions import save_version
from moussem.directory.models import Organisation
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import day
from moussem.engines.values.quantity import Quantity
from moussem.evidence.domain.documents import DocumentFacts
from moussem.evidence.domain.figures import FigureFacts, Teller
from moussem.evidence.domain.own_records import cite_own_record
from moussem.evidence.enums import DocumentKind, Kind
from moussem.evidence.models import Citation
from moussem.programmes.domain.applications import WrongState, tell
from moussem.programmes.domain.rules import facts_of
from moussem.programmes.domain.words import fact_words
from moussem.programmes.enums import ApplicationState, Fact
from moussem.programmes.models import Application
from moussem.programmes.permissions import can_run
from moussem.projects.domain.projects import ProjectFacts, note_in_log, open_project, record_promise
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

MEASURED: Final[Mapping[str, Measure]] = {Fact.INVESTMENT: Measure.INVESTMENT, Fact.JOBS: Measure.JOBS_CREATED}
"""The facts of an application that are promises of its project; stable jobs are among the jobs."""


class ProjectOfAnother(Exception):
    """The project is another organisation's than the applicant's."""


def projects_of_applicant(application: Application) -> "QuerySet[Project]":
    """The promoter's projects of the applicant, under any of its merged names."""
    applicant = application.organisation.canonical_id or application.organisation_id
    names = Organisation.objects.filter(Q(pk=applicant) | Q(canonical=applicant))
    return Project.objects.filter(promoter=application.promoter_id, organisation__in=names).order_by("-public_id")


@transaction.atomic
def land_application(*, by: Actor, at: datetime, application: Application, project: Project | None = None) -> Project:
    """Follow an accepted application as a project: as `project`, else as a new one with what was applied for.

    A second time opens nothing and answers the project that it became. Raises `WrongState` before it is accepted,
    `ProjectOfAnother`, `ForeignRow`, `NotAllowed`.
    """
    require(by.within(application.promoter_id) and can_run(by), "open a project")
    require_own(project, by=by)
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.state != ApplicationState.AWARDED:
        raise WrongState(held)
    if held.project is not None:
        application.project = held.project
        return held.project
    if project is not None and not projects_of_applicant(held).filter(pk=project.pk).exists():
        raise ProjectOfAnother(project.public_id)
    writer = _writer(held)
    found = project or _opened(writer, at, held)
    if project is not None:
        with override(settings.LANGUAGE_CODE):
            words = gettext("Application accepted: %(title)s") % {"title": held.title}
        note_in_log(by=writer, at=at, project=project, words=words, said_by=by.label)
    save_version(application, read_version=held.version, project=found)
    tell(by=by, at=at, verb="land_application", application=application, after={"project": str(found.public_id)})
    return found


def _writer(application: Application) -> Actor:
    """The promoter's background work: a fund officer may not write projects otherwise."""
    promoter = application.promoter
    return task_actor("land_application", promoter_pk=promoter.pk, promoter_key=promoter.key)


def _opened(writer: Actor, at: datetime, application: Application) -> Project:
    """A new project, with what was applied for as its promises."""
    organisation = application.organisation
    name = f"{organisation.name}, {application.title}"
    project = open_project(
        by=writer, at=at, origin=ProjectOrigin.APPLICATION, origin_key=str(application.public_id),
        facts=ProjectFacts(name={settings.LANGUAGE_CODE: name}, organisation=organisation),
    )  # fmt: skip
    for fact, stated in _promised(application):
        facts = FigureFacts(
            measure=MEASURED[fact], value=stated.scaled, value_max=stated.scaled_max, unit=stated.unit,
            bound=stated.bound, kind=Kind.ANNOUNCED, key=f"application:{application.public_id}:{fact}",
            stated_on=day(application.submitted_at.date()) if application.submitted_at else None,
            teller=Teller(organisation=organisation.subject),
        )  # fmt: skip
        source = _source(writer, at, application, fact, stated)
        record_promise(by=writer, at=at, project=project, facts=facts, citations=[source])
    return project


def _promised(application: Application) -> Iterator[tuple[str, Quantity]]:
    stated = facts_of(application.values)
    return ((fact, stated[fact]) for fact in MEASURED if fact in stated)


def _source(writer: Actor, at: datetime, application: Application, fact: str, stated: Quantity) -> Citation:
    """The application itself, in the words of one fact."""
    with override(settings.LANGUAGE_CODE):
        words = fact_words(fact, stated)
    document = DocumentFacts(
        key=f"application:{application.public_id}", kind=DocumentKind.DOSSIER, title=application.title,
        publisher=application.organisation.name[:200], language=settings.LANGUAGE_CODE,
        published_on=day(application.submitted_at.date()) if application.submitted_at else None,
    )  # fmt: skip
    return cite_own_record(by=writer, at=at, facts=document, words=words)
