"""The return of an event: our own rows counted step by step, the jobs of its projects with their kinds apart."""

import pytest
from django.urls import reverse

from moussem.accounts.enums import Role
from moussem.agreements.enums import AgreementKind, AgreementState
from moussem.agreements.models import Agreement
from moussem.core.ids import uuid7
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import FigureFacts, record_figure
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import Kind, SubjectKind, SubjectRole
from moussem.guests.enums import AttendanceMode, InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, Presence, Registration, Target
from moussem.observatory.domain.queries.event_return import return_of
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project
from tests.factories.accounts import AT, a_link, a_promoter, at_work, staff
from tests.factories.directory import a_person, an_event

pytestmark = pytest.mark.django_db
STATES = (InvitationState.ON_SITE, InvitationState.ONLINE, InvitationState.DECLINED, InvitationState.SENT)


@pytest.fixture
def by():
    return at_work(a_promoter("cri"), Role.ORGANISER)


def subject_of(by, kind, label):
    key = uuid7()
    return open_subject(by=by, kind=kind, public_id=key, label={"fr": label}, address="", published_at=None)


@pytest.fixture
def event(by):
    """Six targeted, one of them dropped, one not yet invited; four asked, two say yes, one comes on site."""
    event = an_event(by)
    own = {"promoter_id": by.promoter_pk, "event": event}
    people = [a_person(by, f"Exemple {number}") for number in range(6)]
    targets = [Target.objects.create(person=person, **own) for person in people]
    Target.objects.filter(pk=targets[5].pk).update(dropped_at=AT)
    for person, state in zip(people, STATES, strict=False):
        link = a_link(event.promoter, person_label=person.name)
        Invitation.objects.create(person=person, state=state, link=link, **own)
    Invitation.objects.create(person=people[4], **own)
    registration = Registration.objects.create(
        person=people[0], mode=AttendanceMode.ON_SITE, origin=RegistrationOrigin.INVITATION, registered_at=AT, **own
    )
    Presence.objects.create(
        registration=registration, mode=AttendanceMode.ON_SITE, happened_at=AT, received_at=AT, **own
    )
    return event


@pytest.fixture
def project(by, event):
    """A project opened from an agreement signed there, with 20 jobs contracted and 12 verified."""
    agreement = Agreement.objects.create(
        promoter_id=by.promoter_pk, kind=AgreementKind.MOU, title={"fr": "Exemple"}, state=AgreementState.SIGNED,
        event=event, subject=subject_of(by, SubjectKind.AGREEMENT, "Exemple"),
    )  # fmt: skip
    project = Project.objects.create(
        promoter_id=by.promoter_pk, name={"fr": "Exemple"}, agreement=agreement, origin=ProjectOrigin.AGREEMENT,
        stage_since=AT, subject=subject_of(by, SubjectKind.PROJECT, "Exemple"),
    )  # fmt: skip
    for kind, value in ((Kind.CONTRACTED, 20), (Kind.VERIFIED, 12)):
        body = subject_of(by, SubjectKind.ORGANISATION, "Un vérificateur") if kind == Kind.VERIFIED else None
        facts = FigureFacts(Measure.JOBS, value, Unit.JOBS, kind, verified_by=body)
        record_figure(by=by, at=AT, facts=facts, subjects=[(SubjectRole.PROJECT, project.subject)])
    return project


def test_each_step_counts_its_own_rows(by, event, project):
    steps = [step.count for step in return_of(event, by).steps]
    assert steps == [5, 4, 2, 1, 0, 0, 1, 1]


def test_jobs_of_its_projects_stand_kind_by_kind(by, event, project):
    (jobs,) = return_of(event, by).jobs
    assert {c.kind: [int(line.value) for line in c.figures] for c in jobs.columns} == {
        "announced": [], "contracted": [20], "declared": [], "verified": [12]
    }  # fmt: skip


def test_where_nothing_came_of_it_no_job_is_claimed(by, event):
    assert return_of(event, by).jobs == ()


def test_the_page_is_for_the_promoters_own_staff(by, event, client):
    address = reverse("observatory_desk:events-return", args=["cri", event.public_id])
    client.force_login(staff(event.promoter, Role.OBSERVER))
    assert "Retombées de l’événement" in client.get(address).content.decode()
    neighbour = a_promoter("voisin")
    client.force_login(staff(neighbour, Role.ORGANISER))
    theirs = reverse("observatory_desk:events-return", args=["voisin", event.public_id])
    assert client.get(theirs).status_code == client.get(address).status_code == 404
