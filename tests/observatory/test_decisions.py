"""Deciding who an unnamed firm is: the effect is shown before, comes true after, and undoing it brings all back."""

import itertools

import pytest
from django.utils.translation import override

from moussem.accounts.enums import Role
from moussem.core.actor import ANONYMOUS
from moussem.core.ids import uuid7
from moussem.directory.domain.matches import decide_match, reopen_match
from moussem.directory.enums import MatchState
from moussem.directory.models import OrganisationMatch
from moussem.observatory.domain.queries.dossier import dossier_of
from tests.factories.accounts import a_user, staff
from tests.observatory.conftest import PLAYED_AT, TODAY
from tests.observatory.test_oujda import person

pytestmark = pytest.mark.django_db
NOW = "more than 3,000, and more than 3,800 if Intelcia comes on top"
MORE = "more than 3,600, and more than 4,400 if Intelcia comes on top"
QUESTIONS = ("Premier locataire", "Second projet", "ECA assurances", "Troisième opérateur")
# Whose name, what is summed, and the sum now, if it is the same firm, and if it is another.
EFFECTS = {
    "Premier locataire": {
        ("Employees", "announced"): ("not stated", "more than 200", "more than 200"),
        ("Employees", "reported"): ("not stated", "70", "70"),
    },
    "Second projet": {
        ("Employees", "announced"): ("not stated", "120", "120"),
        ("Jobs", "announced"): (NOW, NOW, MORE),
    },
    "ECA assurances": {},
    "Troisième opérateur": {("Employees", "announced"): ("not stated", "800", "800")},
}


def seen(subject):
    with override("en"):
        return dossier_of(subject, ANONYMOUS, as_of=TODAY)


def match_of(name):
    return OrganisationMatch.objects.get(left__name__startswith=name)


def question_of(dossier, match):
    return next(one for one in dossier.questions if one.key == str(match.public_id))


def sums(dossier):
    """Everything of a dossier that a decision could change."""
    return dossier.rows, dossier.whole, dossier.recent, dossier.promises, dossier.plans, dossier.uncounted


@pytest.fixture
def officer(client, season):
    """A client of a person who may decide at the shared rows, in English."""
    client.force_login(staff(season, Role.ACCOUNT_OWNER))
    client.cookies["django_language"] = "en"
    return client


def answered(client, season, match, answer):
    address = f"/p/{season.slug}/matches/{match.public_id}/decide/"
    return client.post(address, {"nonce": str(uuid7()), "answer": answer})


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_effect_on_every_sum_is_known_before_deciding(oujda, name):
    question = question_of(seen(oujda), match_of(name))
    assert {(e.label, e.kind): (e.now, e.if_same, e.if_other) for e in question.effects} == EFFECTS[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_desk_shows_each_question_with_its_effect_before_the_buttons(officer, season, name):
    page = officer.get(f"/p/{season.slug}/matches/").content.decode()
    start = page.index(name)
    card = page[start : page.index('value="apart"', start)]
    assert all(said in card for effect in EFFECTS[name].values() for said in effect)


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_person_decides_on_the_page_the_sums_become_what_was_said_and_undoing_brings_them_back(
    officer, season, oujda, oujda_shore, name, same
):
    match, before = match_of(name), (sums(seen(oujda)), sums(seen(oujda_shore)))
    assert answered(officer, season, match, "same" if same else "apart").status_code == 302
    match.refresh_from_db()
    assert match.state == (MatchState.MERGED if same else MatchState.APART)
    after = seen(oujda)
    assert str(match.public_id) not in {one.key for one in after.questions}
    for (label, kind), (_, if_same, if_other) in EFFECTS[name].items():
        assert said_of(after, label, kind) == (if_same if same else if_other)
    answered(officer, season, match, "open")
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED
    assert (sums(seen(oujda)), sums(seen(oujda_shore))) == before


def said_of(dossier, label, kind):
    """A sum as the dossier says it: the worked total of announced jobs, or what stands in the column of the kind."""
    if (label, kind) == ("Jobs", "announced"):
        return dossier.whole[0].words
    (row,) = (row for row in dossier.rows if row.label == label)
    (column,) = (column for column in row.columns if column.kind == kind)
    (line,) = column.figures
    return {"over": "more than ", "equal": ""}[line.bound] + f"{line.value:,}"


def test_all_four_decided_in_any_order_come_to_the_same_and_undone_in_any_order_to_the_start(season, oujda):
    by, start = person(season), sums(seen(oujda))
    ends = []
    for order in (QUESTIONS, QUESTIONS[::-1], (QUESTIONS[1], QUESTIONS[3], QUESTIONS[0], QUESTIONS[2])):
        for name in order:
            decide_match(by=by, at=PLAYED_AT, match=match_of(name), same=True)
        ends.append(sums(seen(oujda)))
        for name in sorted(order):
            reopen_match(by=by, at=PLAYED_AT, match=match_of(name))
        assert sums(seen(oujda)) == start
    assert ends[0] == ends[1] == ends[2] != start


@pytest.mark.parametrize(
    "answers", [pytest.param(a, id="-".join(map(str, a))) for a in itertools.product((True, False), repeat=2)]
)
def test_two_questions_answered_together_keep_the_announced_jobs_to_what_the_second_project_is(season, oujda, answers):
    by = person(season)
    for name, same in zip(("Premier locataire", "Second projet"), answers, strict=True):
        decide_match(by=by, at=PLAYED_AT, match=match_of(name), same=same)
    assert seen(oujda).whole[0].words == (NOW if answers[1] else MORE)


def test_saccoms_own_jobs_stay_inside_the_joint_figure_when_it_is_the_third_operator(season, oujda):
    before = seen(oujda)
    decide_match(by=person(season), at=PLAYED_AT, match=match_of("Troisième opérateur"), same=True)
    after = seen(oujda)
    assert after.whole == before.whole
    assert after.recent == before.recent


@pytest.mark.parametrize(
    ("role", "status"), [(Role.OBSERVER, 403), (Role.JUROR, 403), (Role.FUND_OFFICER, 403), (None, 404)]
)
def test_who_may_not_decide_changes_nothing(client, season, oujda, role, status):
    match, before = match_of("Second projet"), sums(seen(oujda))
    client.force_login(staff(season, role) if role else a_user("stranger@test.example"))
    assert answered(client, season, match, "apart").status_code == status
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED
    assert sums(seen(oujda)) == before


def test_an_answer_that_is_none_changes_nothing(officer, season, oujda):
    before = sums(seen(oujda))
    answered(officer, season, match_of("Second projet"), "perhaps")
    assert match_of("Second projet").state == MatchState.PROPOSED
    assert sums(seen(oujda)) == before
