"""Oujda from 2013 to 2020: each promise, what became of it, and what the numbers come to, kinds apart."""

import pytest
from django.utils.translation import override

from moussem.accounts.enums import Role
from moussem.core.actor import ANONYMOUS, Actor
from moussem.directory.domain.matches import decide_match, reopen_match
from moussem.directory.models import OrganisationMatch
from moussem.evidence.models import Figure, Statement
from moussem.observatory.domain.queries.dossier import dossier_of
from moussem.observatory.domain.queries.questions import question_about
from tests.observatory.conftest import PLAYED_AT, TODAY

pytestmark = pytest.mark.django_db
NARROW = "\u202f"
WORKED_FR = f"plus de 3{NARROW}000, et plus de 3{NARROW}800 si Intelcia vient en plus"
WORKED_EN = "more than 3,000, and more than 3,800 if Intelcia comes on top"


def seen(subject, language="fr", actor=ANONYMOUS, **asked):
    with override(language):
        return dossier_of(subject, actor, as_of=TODAY, **asked)


def line_of(lines, key):
    row = Figure.objects.filter(key=key).first() or Statement.objects.get(key=key)
    return next(line for line in lines if line.key == str(row.public_id))


def person(commons):
    return Actor(
        kind="user",
        id="1",
        label="account owner",
        promoter_pk=commons.pk,
        promoter_key=commons.key,
        roles=frozenset({Role.ACCOUNT_OWNER}),
    )


@pytest.mark.parametrize(("language", "words"), [("fr", WORKED_FR), ("en", WORKED_EN)])
def test_since_july_2020_over_3000_jobs_are_announced_and_over_3800_if_intelcia_comes_on_top(oujda, language, words):
    dossier = seen(oujda, language)
    (line,) = dossier.recent.lines
    assert line.words == words
    assert dossier.recent.since.start.isoformat() == "2020-07-01"
    assert len(line.included) == 1
    assert len(line.left_out) == 2


def test_each_figure_left_out_of_the_worked_total_says_why(oujda):
    (line,) = seen(oujda, "en").recent.lines
    reasons = {one.figure.value: one.reason for one in line.left_out}
    assert reasons == {1000: "already inside the joint figure", 800: "may already be inside: the source does not say"}


def test_over_the_whole_time_the_second_project_is_left_out_until_a_person_decides(oujda):
    (line,) = seen(oujda, "fr").whole
    assert line.words == WORKED_FR
    assert [one.reason for one in line.left_out if one.figure.value == 600] == [
        "l’entreprise n’est pas nommée\u00a0: à une personne de décider qui elle est"
    ]


def test_every_kind_has_its_column_and_verified_jobs_stay_empty(oujda):
    jobs = seen(oujda).rows[0]
    assert [column.kind for column in jobs.columns] == [
        "planned",
        "announced",
        "contracted",
        "reported",
        "declared",
        "verified",
        "observed",
    ]
    stated = {column.kind: [line.value for line in column.figures] for column in jobs.columns}
    assert stated["reported"] == [200]
    assert stated["announced"] == [3000]
    assert sorted(stated["planned"]) == [1200, 3000]
    assert stated["verified"] == stated["declared"] == stated["observed"] == stated["contracted"] == []


def test_intelcia_slipped_by_two_months(oujda):
    line = line_of(seen(oujda).promises, "004-intelcia-opening")
    assert (line.status, line.status_label) == ("slipped", "glissé")
    assert line.reason == "Ouvert 2 mois plus tard qu’annoncé\u00a0: octobre 2020."
    assert line.told_by == "Karim Bernoussi"
    assert line.later_sources


def test_the_1200_jobs_of_2013_stay_open_beside_the_200_reported_in_january_2020(oujda):
    dossier = seen(oujda, "en")
    line = line_of(dossier.plans, "oujda-01")
    assert line.status == "open"
    assert line.reason == (
        "No date was given, so it stays open. "
        "A later source: 200\u00a0jobs (reported, January 2020), 17% of what was promised."
    )
    assert str(Figure.objects.get(key="oujda-01").public_id) not in {one.key for one in dossier.promises}


def test_1500_positions_for_2019_slipped_and_the_page_says_that_jobs_are_no_positions(oujda):
    line = line_of(seen(oujda, "en").plans, "oujda-10")
    assert line.status == "slipped"
    assert line.reason == "The date has passed and less is there: 200\u00a0jobs (reported, January 2020)."
    assert line.caveats == ("The two do not count the same thing: jobs, employees and positions are not equal.",)


def test_what_the_first_tenant_promised_is_silent_while_nobody_knows_who_it_is(oujda):
    line = line_of(seen(oujda, "en").promises, "oujda-04")
    assert (line.status, line.reason) == ("silent", "The date has passed and no later source speaks of it.")


def test_plans_of_the_region_stand_beside_the_citys_and_enter_no_total(oujda):
    plans = seen(oujda).plans
    assert [line_of(plans, key).figure.value for key in ("oujda-20", "oujda-21")] == [2000, 4000]


def test_promises_come_in_the_order_they_were_made_and_can_be_narrowed_to_one_outcome(oujda):
    dossier = seen(oujda)
    starts = [line.stated_on.start for line in dossier.promises]
    assert starts == sorted(starts)
    counts = {one.status: one.count for one in dossier.outcomes}
    assert counts == {"kept": 0, "slipped": 1, "open": 7, "silent": 5}
    slipped = seen(oujda, status="slipped")
    assert [line.status for line in slipped.promises] == ["slipped"]
    assert slipped.outcomes == dossier.outcomes


def test_the_effect_of_each_answer_is_shown_before_a_person_decides(oujda):
    questions = {one.named: one for one in seen(oujda, "en").questions if one.effects}
    assert set(questions) == {"Notoriety", "Eca groupe", "Saccom"}
    effects = {(e.label, e.kind): (e.now, e.if_same, e.if_other) for e in questions["Eca groupe"].effects}
    assert effects["Jobs", "announced"] == (
        WORKED_EN,
        WORKED_EN,
        "more than 3,600, and more than 4,400 if Intelcia comes on top",
    )
    assert effects["Employees", "announced"] == ("not stated", "120", "120")
    assert not any(one.may_decide for one in questions.values())


@pytest.mark.parametrize("same", [True, False])
def test_a_decision_makes_the_totals_what_the_question_said_and_undoing_it_brings_them_back(season, oujda, same):
    match = OrganisationMatch.objects.get(left__name__startswith="Second projet")
    by = person(season)
    before = seen(oujda, "en")
    question = next(one for one in before.questions if one.key == str(match.public_id))
    effect = next(one for one in question.effects if (one.label, one.kind) == ("Jobs", "announced"))
    decide_match(by=by, at=PLAYED_AT, match=match, same=same)
    after = seen(oujda, "en")
    assert after.whole[0].words == (effect.if_same if same else effect.if_other)
    assert str(match.public_id) not in {one.key for one in after.questions}
    match.refresh_from_db()
    reopen_match(by=by, at=PLAYED_AT, match=match)
    again = seen(oujda, "en")
    assert again.whole == before.whole
    assert again.rows == before.rows


def test_only_a_person_of_the_shared_rows_may_decide(season, oujda):
    assert all(one.may_decide for one in seen(oujda, actor=person(season)).questions)


def test_the_panel_of_a_match_tells_the_same_effect_as_the_dossier(oujda):
    match = OrganisationMatch.objects.select_related("left__subject", "right__subject").get(
        left__name__startswith="Second projet"
    )
    with override("en"):
        panel = question_about(match, ANONYMOUS)
    question = next(one for one in seen(oujda, "en").questions if one.key == str(match.public_id))
    assert panel.effects == question.effects


def test_contradictions_stand_side_by_side(oujda):
    said = {one.about for one in seen(oujda, "en").contradictions}
    assert any("16th SICCAM" in about for about in said)
    assert any("Students of the Oriental" in about for about in said)
    assert any("Intelcia" in about for about in said)
    assert all(len(one.sayings) >= 2 for one in seen(oujda).contradictions)


def test_jobs_that_nobody_counted_are_named_with_the_firm_that_promised_them(oujda):
    assert {"Intelcia", "Saccom", "Eca groupe", "Notoriety"} <= set(seen(oujda).uncounted)


def test_the_park_has_the_same_page_and_its_own_numbers(oujda_shore):
    dossier = seen(oujda_shore, "en")
    assert dossier.rows[0].columns[0].kind == "planned"
    assert [place.label for place in dossier.around] == ["Oujda", "Oriental"]
    assert dossier.whole[0].words == "1,000"
