"""An accepted application is followed as a project: opened once with what was applied for, or one that exists."""

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.evidence.enums import DocumentKind
from moussem.evidence.models import Document, Figure
from moussem.programmes.domain.applications import WrongState
from moussem.programmes.domain.determinations import AmountNeeded, OverEnvelope, determine
from moussem.programmes.domain.landing import ProjectOfAnother, land_application
from moussem.programmes.enums import Decision, ProgrammeKind
from moussem.programmes.models import Application
from moussem.projects.enums import ProjectOrigin, Stage
from moussem.projects.models import Project
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.programmes import MILLION, a_call, a_programme, an_application, facts
from tests.factories.projects import a_project

pytestmark = pytest.mark.django_db


def award(officer, row, **more):
    return determine(
        by=officer, at=AT, application=row, decision=Decision.AWARD, **({"amount": MILLION} | more)
    )  # fmt: skip


def a_prize(officer, firm):
    """An accepted application for a prize, which opens no project by itself."""
    call = a_call(officer, a_programme(officer, "Trophées", kind=ProgrammeKind.AWARD, envelope=None))
    row = an_application(officer, call, firm, asked_for=None)
    award(officer, row, amount=None)
    return row


def test_an_award_opens_the_project_with_what_was_applied_for_and_its_source(officer, call, firm):
    row = an_application(officer, call, firm, facts=facts(3_000_000, 60))
    award(officer, row)
    row.refresh_from_db()
    project = row.project
    assert (project.origin, project.origin_key) == (ProjectOrigin.APPLICATION, str(row.public_id))
    assert (project.organisation, project.stage) == (firm, Stage.QUALIFIED)
    said = {figure.measure: figure for figure in Figure.objects.all()}
    assert {m: (f.value, f.kind) for m, f in said.items()} == {
        "investment": (3 * MILLION, "announced"), "jobs_created": (60, "announced"),
    }  # fmt: skip
    assert said["jobs_created"].citations.get().quote == "Emplois à créer\u00a0: 60\u00a0emplois"
    document = Document.objects.get()
    assert (document.kind, document.title, document.is_published) == (DocumentKind.DOSSIER, row.title, False)
    assert Entry.objects.filter(verb="land_application", object_id=str(row.public_id)).count() == 1


def test_stable_jobs_are_among_the_jobs_and_promised_once(officer, firm):
    call = a_call(officer, a_programme(officer), rule_set=None)
    row = an_application(officer, call, firm, facts=facts(2_000_000, 20) | {"stable_jobs": facts(None, 10)["jobs"]})
    award(officer, row)
    assert set(Figure.objects.values_list("measure", flat=True)) == {"investment", "jobs_created"}


def test_a_second_time_opens_nothing(officer, call, firm):
    row = an_application(officer, call, firm)
    award(officer, row)
    first = Application.objects.get().project
    for _ in range(2):
        assert land_application(by=officer, at=AT, application=row) == first
    assert (Project.objects.count(), Figure.objects.count()) == (1, 2)
    assert Entry.objects.filter(verb="land_application").count() == 1


def test_a_project_that_exists_is_chosen_and_keeps_its_own_promises(officer, editor, call, firm):
    known = a_project(editor, firm=firm)
    row = an_application(officer, call, firm)
    award(officer, row, project=known)
    assert Application.objects.get().project == known
    assert (Project.objects.count(), Figure.objects.count()) == (1, 0)
    noted = known.log.order_by("-pk").first()
    assert (noted.words, noted.by_label) == (f"Candidature retenue\u00a0: {row.title}", officer.label)


def test_a_project_of_another_firm_or_promoter_is_refused_and_nothing_is_decided(officer, editor, call, firm):
    row = an_application(officer, call, firm)
    other, foreign = a_project(editor, "Autre"), a_project(at_work(a_promoter("rival"), "account_owner"))
    for project, refusal in ((other, ProjectOfAnother), (foreign, ForeignRow)):
        with pytest.raises(refusal):
            award(officer, row, project=project)
    row.refresh_from_db()
    assert (row.state, row.project) == ("submitted", None)


def test_what_is_refused_or_over_the_envelope_opens_nothing(officer, call, firm):
    row = an_application(officer, call, firm)
    with pytest.raises(OverEnvelope):
        award(officer, row, amount=56 * MILLION)
    with pytest.raises(AmountNeeded):
        award(officer, row, amount=0)
    with pytest.raises(WrongState):
        land_application(by=officer, at=AT, application=row)
    determine(by=officer, at=AT, application=row, decision=Decision.REFUSE, words="Hors du périmètre.")
    with pytest.raises(WrongState):
        land_application(by=officer, at=AT, application=row)
    assert not Project.objects.exists()


def test_a_prize_opens_a_project_only_by_hand(officer, firm):
    row = a_prize(officer, firm)
    assert not Project.objects.exists()
    assert land_application(by=officer, at=AT, application=row).organisation == firm


def test_only_who_runs_programmes_follows_an_application_as_a_project(officer, firm, applicant, oriental):
    row = a_prize(officer, firm)
    rival = at_work(a_promoter("rival"), "fund_officer")
    for other in (applicant, rival, at_work(oriental, "observer"), at_work(oriental, "juror")):
        with pytest.raises(NotAllowed):
            land_application(by=other, at=AT, application=row)


def test_the_officer_chooses_the_project_where_the_decision_is_taken(desk, officer, editor, call, firm):
    known, other = a_project(editor, firm=firm), a_project(editor, "canari-9Wq")
    row = an_application(officer, call, firm)
    address = f"/p/oriental/applications/{row.public_id}/"
    form = desk.get(f"{address}decide/").content.decode()
    assert "un nouveau projet" in form
    assert str(known.public_id) in form
    assert "canari-9Wq" not in form
    said = {"decision": "award", "amount": "500000", "nonce": str(uuid7())}
    assert desk.post(f"{address}decide/", said | {"project": other.public_id}).status_code == 422
    assert desk.post(f"{address}decide/", said | {"project": known.public_id}).status_code == 302
    page = desk.get(address).content.decode()
    assert f'href="/p/oriental/projects/{known.public_id}/"' in page
    assert "Voir le projet" in page


def test_the_project_shows_the_application_it_came_from_to_the_desk_only(desk, officer, call, firm, client):
    row = an_application(officer, call, firm, title="canari-5Tz")
    award(officer, row)
    project = Application.objects.get().project
    address = f"/p/oriental/projects/{project.public_id}/"
    page = desk.get(address).content.decode()
    assert f"/p/oriental/applications/{row.public_id}/" in page
    client.force_login(staff(call.promoter, "juror"))
    assert f"/applications/{row.public_id}/" not in client.get(address).content.decode()


def test_a_prize_is_followed_by_the_button_once(desk, officer, firm):
    row = a_prize(officer, firm)
    address = f"/p/oriental/applications/{row.public_id}/"
    assert f"{address}project/" in desk.get(address).content.decode()
    for _ in range(2):
        sent = desk.post(f"{address}project/", {"nonce": str(uuid7())})
        assert sent.url == address
    assert Project.objects.count() == 1
    assert f"{address}project/" not in desk.get(address).content.decode()


def test_an_applicant_reads_which_project_it_became(officer, applicant_user, call, firm, client):
    row = an_application(officer, call, firm)
    award(officer, row)
    client.force_login(applicant_user)
    page = client.get(f"/fr/applications/{row.public_id}/").content.decode()
    assert f"{firm.name}, {row.title}" in page
