"""What the season signs and announces: agreements, projects, the Club; nothing that no source states."""

from html import unescape

import pytest

from moussem.actions.models import Action
from moussem.agreements.domain.queries.pages import agreement_page, agreements_seen
from moussem.agreements.enums import DutyKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.core.actor import ANONYMOUS
from moussem.directory.models import Organisation, Park, Place
from moussem.events.models import Event, Part
from moussem.evidence.models import CitedRecord, Document, Figure, Statement
from moussem.programmes.models import Award, Call
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.domain.queries.projects import project_page, projects_seen
from moussem.projects.domain.stages import missing_for
from moussem.projects.enums import Stage
from moussem.projects.models import HeadcountReturn, Passage, Project
from tests.demo.conftest import PLAYED_AT

pytestmark = pytest.mark.django_db
TODAY = PLAYED_AT.date()
UNSTATED = "non indiqué"


def shown(client, address):
    response = client.get(f"/fr/{address}")
    assert response.status_code == 200, address
    return unescape(response.content.decode())


def page_of_agreement(beginning):
    row = agreements_seen(ANONYMOUS).get(title__fr__startswith=beginning)
    return row, agreement_page(ANONYMOUS, row)


def page_of_project(name):
    row = projects_seen(ANONYMOUS).get(name__fr=name)
    return row, project_page(ANONYMOUS, row, as_of=TODAY)


def columns(stats):
    return {column.kind: [(int(line.value), line.bound) for line in column.figures] for column in stats}


def test_the_agreements_of_the_texts_and_of_the_table_and_no_other_one(season):
    told = Agreement.objects.order_by("pk").values_list("kind", "state", "signed_on_start", "signed_on_inferred")
    assert [(kind, state, str(on), inferred) for kind, state, on, inferred in told] == [
        ("partnership", "signed", "2020-12-18", True),
        ("pact", "signed", "2020-07-01", True),
        ("mou", "signed", "2020-07-01", True),
        ("partnership", "signed", "2019-03-01", False),
    ]
    assert not Agreement.objects.filter(published_at=None).exists()


def test_the_webinars_convention_has_objectives_without_debtor_or_date_and_no_obligation(season, client):
    row, page = page_of_agreement("Convention de partenariat entre l'APEBI")
    assert [party.name for party in page.parties] == ["APEBI", "CRI Fès-Meknès"]
    assert row.event.theme["fr"].startswith("L’offshoring régionalisé")
    assert (row.place, page.obligations, page.signatories_unstated) == (None, [], True)
    assert len(page.objectives) == 4
    for line in page.objectives:
        assert (line.debtor, line.figure, line.obligation.due) == ("", None, None)
        assert line.sources
    text = shown(client, row.subject.address)
    assert text.count("qui le doit\u00a0:") == text.count("pour quand\u00a0:") == 4
    assert not Obligation.objects.filter(kind=DutyKind.OBLIGATION).exists()


def test_the_pact_names_both_and_the_memorandum_says_that_the_other_party_is_not_stated(season, client):
    pact, page = page_of_agreement("Pacte d'associés")
    assert [party.name for party in page.parties] == ["FIRO", "Notoriety"]
    assert (pact.event.edition, pact.place.name["fr"], page.one_sided) == (17, "Oujda", False)
    memorandum, page = page_of_agreement("Mémorandum")
    (party,) = page.parties
    assert party.name == "Opérateur non nommé du mémorandum d'entente (Oujda, 2020)"
    assert page.one_sided
    assert "L’autre partie\u00a0:" in shown(client, memorandum.subject.address)
    listed = shown(client, "agreements/")
    assert f"{party.name}, l’autre partie non indiquée" in listed
    assert "FIRO, Notoriety, l’autre" not in listed


def test_nobody_real_signs_and_no_agreement_opens_a_project(season):
    assert not Party.objects.exclude(signatory=None).exists()
    assert [open_from_agreement(agreement=row.public_id, at=PLAYED_AT) for row in Agreement.objects.all()] == [[]] * 4
    assert Project.objects.count() == 4


@pytest.mark.parametrize(
    ("name", "park", "status"),
    [
        ("Intelcia, Oujda", None, "won"),
        ("Saccom, Oujda Shore", "Oujda Shore", "not_stated"),
        ("Notoriety, Oujda Shore", "Oujda Shore", "not_stated"),
        ("Eca groupe, Oujda", None, "not_stated"),
    ],
)
def test_a_project_stands_as_far_as_sources_carry_it_and_nobody_plays_the_second_person(season, name, park, status):
    row, page = page_of_project(name)
    assert (row.stage, row.status, row.origin, row.event.edition) == (Stage.ACTIVE, status, "announcement", 17)
    assert (row.park and row.park.name, row.place.name["fr"]) == (park, "Oujda")
    assert (row.agreement, row.establishment, row.owner, page.establishment) == (None, None, None, "")
    assert [one.name for one in missing_for(row, Stage.OPERATING)] == ["establishment"]
    assert page.sources
    assert not page.is_proven
    assert not Passage.objects.exists()
    assert not HeadcountReturn.objects.exists()


def test_each_project_shows_exactly_the_figures_that_are_its_own(season):
    empty = {"announced": [], "contracted": [], "declared": [], "verified": []}
    assert columns(page_of_project("Intelcia, Oujda")[1].people) == empty | {"announced": [(800, "at_most")]}
    assert columns(page_of_project("Saccom, Oujda Shore")[1].people) == empty | {"announced": [(1000, "equal")]}
    assert columns(page_of_project("Notoriety, Oujda Shore")[1].people) == empty | {"contracted": [(500, "equal")]}
    assert columns(page_of_project("Eca groupe, Oujda")[1].people) == empty
    for name in ("Intelcia, Oujda", "Saccom, Oujda Shore", "Notoriety, Oujda Shore", "Eca groupe, Oujda"):
        assert columns(page_of_project(name)[1].money) == empty


def test_the_joint_figure_stays_one_figure_beside_three_projects_and_in_no_column(season, client):
    joint = Figure.objects.get(key="004-joint-jobs")
    assert Figure.objects.filter(measure="jobs", value=3000, kind="announced").get() == joint
    for name in ("Saccom, Oujda Shore", "Notoriety, Oujda Shore", "Eca groupe, Oujda"):
        row, page = page_of_project(name)
        (line,) = page.joint
        assert (line.value, line.bound, len(line.joint_with)) == (3000, "over", 5)
        assert line not in [promise.figure for promise in page.promises]
        assert "Avec d’autres, dans aucune colonne" in shown(client, row.subject.address)
    assert page_of_project("Intelcia, Oujda")[1].joint == ()


def test_openings_announced_and_told_stand_apart_and_silence_is_said(season, client):
    _, intelcia = page_of_project("Intelcia, Oujda")
    assert (intelcia.opening.horizon.start.month, intelcia.opening.horizon.inferred) == (8, True)
    assert (intelcia.started.period.start.year, intelcia.started.period.start.month) == (2020, 10)
    _, saccom = page_of_project("Saccom, Oujda Shore")
    assert (saccom.opening.horizon.start.month, saccom.started) == (8, None)
    row, eca = page_of_project("Eca groupe, Oujda")
    assert (eca.opening, eca.started) == (None, None)
    brief = shown(client, row.subject.address).split("En bref")[1]
    for word in ("Implantation", "Ouverture annoncée", "Convention"):
        assert f'<dt>{word}</dt><dd><span class="m-none">{UNSTATED}</span>' in brief, word


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (lambda: Organisation.objects.get(name="Notoriety"), ("Pacte d'associés", "Notoriety, Oujda Shore")),
        (lambda: Organisation.objects.get(name="FIRO"), ("Pacte d'associés",)),
        (lambda: Organisation.objects.get(name="APEBI"), ("Convention de partenariat entre l'APEBI",)),
        (lambda: Organisation.objects.get(name="CRI Fès-Meknès"), ("Convention de partenariat entre l'APEBI",)),
        (lambda: Organisation.objects.get(name="ECA assurances"), ("Convention de partenariat d'ECA assurances",)),
        (lambda: Organisation.objects.get(name="Eca groupe"), ("Eca groupe, Oujda",)),
        (lambda: Place.objects.get(name__fr="Oujda"), ("Pacte d'associés", "Intelcia, Oujda", "Eca groupe, Oujda")),
        (lambda: Park.objects.get(name="Oujda Shore"), ("Saccom, Oujda Shore", "leur pacte d'associés")),
        (lambda: Event.objects.get(edition=17), ("Pacte d'associés", "Mémorandum", "Eca groupe, Oujda", "Trophée")),
        (lambda: Event.objects.get(kind="webinar"), ("Convention de partenariat entre l'APEBI",)),
    ],
)
def test_each_record_stands_on_the_pages_of_its_parties_place_and_event(season, client, address, words):
    page = shown(client, address().subject.address)
    for word in words:
        assert word in page, word


def test_an_act_is_told_once_on_the_pages_of_those_who_agree(season, client):
    notoriety = shown(client, Organisation.objects.get(name="Notoriety").subject.address)
    assert "officialisent leur pacte" not in notoriety
    statement = Statement.objects.get(key="004-pact")
    assert "officialisent leur pacte" in shown(client, f"statements/{statement.public_id}/")
    assert "officialisent leur pacte" in shown(client, page_of_agreement("Pacte")[0].subject.address)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("text-002", {"Programme", "Règles"}),
        ("text-003", {"Convention", "Objectif"}),
        ("text-004", {"Convention", "Projet", "Prix", "Programme", "Événement"}),
    ],
)
def test_the_documents_show_the_record_that_each_passage_became(season, client, text, kinds):
    page = shown(client, f"documents/{Document.objects.get(key=text).public_id}/")
    for kind in kinds:
        assert f"({kind})" in page, kind
    for code in ("(rule_set)", "(award)", "(objective)", "(project)", "(agreement)"):
        assert code not in page


def test_every_record_of_these_rooms_carries_its_citations(season):
    cited = {
        "agreement": Agreement.objects.all(), "objective": Obligation.objects.all(), "project": Project.objects.all(),
        "award": Award.objects.all(),
    }  # fmt: skip
    for kind, rows in cited.items():
        for row in rows:
            ties = CitedRecord.objects.about(kind, row.public_id)
            assert ties.exists(), row
            assert not ties.exclude(citation__document__published_at__isnull=False).exists()


def test_the_club_has_its_members_its_first_action_its_mission_and_its_intake(season, client):
    club = Organisation.objects.get(kind="club")
    page = shown(client, club.subject.address)
    for words in (
        "CRI de l'Oriental",
        "APEBI",
        "SICCAM",
        "Jerada",
        "mission à Casanearshore",
        "Admission à un incubateur",
    ):
        assert words in page, words
    action = Action.objects.get()
    assert (action.about, action.owner, action.due_on, action.state) == (club.subject, None, None, "open")
    assert "Jerada" in action.words
    assert "Saccom" in action.words
    mission = Event.objects.get(kind="mission")
    assert (mission.period, mission.place.name["fr"]) == (None, "Casablanca")
    assert not Call.objects.exists()


def test_a_mission_that_was_only_announced_is_no_meeting_that_took_place(season, client):
    mission = Event.objects.get(kind="mission")
    assert not Part.objects.filter(event=mission).exists()
    thread = shown(client, Organisation.objects.get(kind="club").subject.address).split("m-thread")[1].split("</ol>")[0]
    assert "m-done" not in thread
    assert "ni si elle a eu lieu" in shown(client, mission.subject.address)


def test_ampas_members_are_counted_by_its_states(season, client):
    page = shown(client, Organisation.objects.get(name="AMPA").subject.address)
    assert "140" in page
    assert "17" in page
    assert "Ali Mouline" in page
