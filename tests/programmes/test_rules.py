"""Rules as they are kept and read; the fund's three cases in words, in both languages."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.versions import ChangedMeanwhile
from moussem.engines.eligibility.assess import Verdict
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group
from moussem.engines.values.kinds import Bound
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.evidence.models import CitedRecord
from moussem.programmes.domain.programmes import (
    AwardFacts,
    CallFacts,
    ClosesBeforeItOpens,
    NobodyDescribed,
    ProgrammeFacts,
    ProgrammeNotPublic,
    RulesOfAnother,
    add_call,
    correct_programme,
    give_award,
    publish_call,
    publish_programme,
)
from moussem.programmes.domain.rules import RulesUnreadable, facts_of, kept_facts, kept_rule, rule_of
from moussem.programmes.domain.words import answer, frozen, rule_lines
from moussem.programmes.enums import ProgrammeKind
from moussem.programmes.models import RuleSet
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.programmes import FUND, JOBS, MILLION, a_call, a_programme, facts, rules

pytestmark = pytest.mark.django_db


def test_rules_are_kept_as_data_and_read_back_as_they_were():
    way = Group(Combination.ANY, (FUND, Criterion("stable_jobs", Unit.JOBS, Comparison.UP_TO, 9, False, "article 3")))
    assert rule_of(kept_rule(way)) == way


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"all": []},
        {"all": "everything"},
        {"all": [{"fact": "weather", "comparison": "from", "bound": 1, "included": True}]},
        {"fact": "jobs", "comparison": "near", "bound": 1, "included": True},
        {"fact": "jobs", "comparison": "from", "bound": "20", "included": True},
        {"fact": "jobs", "comparison": "from", "bound": 20},
        {"fact": "jobs", "comparison": "from", "bound": -1, "included": True},
    ],
)
def test_rules_half_understood_are_no_rules(kept):
    with pytest.raises(RulesUnreadable):
        rule_of(kept)


def test_facts_keep_their_bound_and_what_is_missing_stays_absent():
    known = {"investment": Quantity.of(900_000, Unit.MAD, Bound.OVER), "jobs": None}
    assert facts_of(kept_facts(known)) == {"investment": known["investment"]}


@pytest.mark.parametrize(
    ("stated", "verdict", "french", "english"),
    [
        (
            facts(999_999, 20),
            Verdict.NO,
            "Investissement\u00a0: 999\u202f999\u00a0DH d’après ce qui est indiqué, alors que la règle demande"
            " au moins 1\u00a0M\u00a0DH (borne comprise).",
            "Investment: MAD\u00a0999,999 by what is stated, but the rule asks for at least MAD\u00a01\u00a0million"
            " (included).",
        ),
        (
            facts(1_000_000, 19),
            Verdict.NO,
            "Emplois à créer\u00a0: 19\u00a0emplois d’après ce qui est indiqué, alors que la règle demande"
            " au moins 20\u00a0emplois (borne comprise).",
            "Jobs to create: 19\u00a0jobs by what is stated, but the rule asks for at least 20\u00a0jobs (included).",
        ),
        (facts(1_000_000, 20), Verdict.YES, "le projet est éligible", "the project is eligible"),
        (
            facts(1_000_000),
            Verdict.CANNOT_SAY,
            "À indiquer\u00a0: Emplois à créer.",
            "To be stated: Jobs to create.",
        ),
    ],
)
def test_the_three_cases_of_the_fund_are_said_with_value_rule_and_what_to_ask(call, stated, verdict, french, english):
    assert answer(call.rule_set, stated).verdict is verdict
    for code, sentence in (("fr", french), ("en", english)):
        with translation.override(code):
            said = answer(call.rule_set, stated)
        assert sentence in " ".join([said.headline, *(line.sentence for line in said.lines)])


def test_what_is_frozen_speaks_every_language_and_names_the_version(call):
    kept = frozen(call.rule_set, facts(1_000_000))
    assert (kept["verdict"], kept["rule_set_number"], kept["verdicts"]) == ("cannot_say", 1, ["yes", "cannot_say"])
    assert kept["facts"] == {"investment": {"value": MILLION, "bound": "equal", "value_max": None}}
    assert "non indiqué" in kept["words"]["fr"]["reasons"][1]
    assert "not stated" in kept["words"]["en"]["reasons"][1]


def test_rules_read_from_top_to_bottom():
    with translation.override("en"):
        charter = Group(Combination.ANY, (FUND, Criterion("stable_jobs", Unit.JOBS, Comparison.FROM, 150, False)))
        lines = [(line.joined, line.words) for line in rule_lines(kept_rule(charter))]
    assert lines == [
        ("", "Investment: at least MAD\u00a01\u00a0million (included)"),
        ("and", "Jobs to create: at least 20\u00a0jobs (included)"),
        ("or", "Stable jobs: more than 150\u00a0jobs"),
    ]


def test_a_new_version_leaves_the_old_one_and_the_calls_under_it_as_they_were(officer, call):
    second = rules(officer, call.programme, rule=JOBS)
    assert (second.number, RuleSet.objects.count()) == (2, 2)
    call.refresh_from_db()
    assert rule_of(call.rule_set.criteria) == FUND
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.create(promoter=second.promoter, programme=second.programme, number=2, criteria={})


def test_a_programme_and_its_subject_are_one_thing_to_the_public(officer):
    programme = a_programme(officer, publish=False)
    assert (programme.subject.public_id, programme.subject.published_at) == (programme.public_id, None)
    publish_programme(by=officer, at=AT, programme=programme)
    publish_programme(by=officer, at=AT, programme=programme)
    programme.subject.refresh_from_db()
    assert programme.is_published
    assert programme.subject.is_published
    assert Entry.objects.filter(verb="publish_programme").count() == 1


def test_a_correction_keeps_what_somebody_else_saved_first(officer):
    programme = a_programme(officer)
    known = ProgrammeFacts(kind=ProgrammeKind.GRANT, name={"fr": "Fonds corrigé"}, envelope=None)
    correct_programme(by=officer, at=AT, programme=programme, read_version=1, facts=known)
    with pytest.raises(ChangedMeanwhile):
        correct_programme(by=officer, at=AT, programme=programme, read_version=1, facts=known)
    programme.subject.refresh_from_db()
    assert programme.subject.label == {"fr": "Fonds corrigé"}


def test_a_call_is_opened_under_its_own_programme_s_rules_and_after_it_is_public(officer):
    hidden = a_programme(officer, publish=False)
    first = rules(officer, hidden)
    with pytest.raises(ProgrammeNotPublic):
        a_call(officer, hidden, rule_set=first)
    other = a_programme(officer, "Autre")
    with pytest.raises(RulesOfAnother):
        a_call(officer, other, rule_set=first)
    upside_down = CallFacts(rule_set=rules(officer, other), name={"fr": "À l’envers"}, opens_at=AT, closes_at=AT)
    with pytest.raises(ClosesBeforeItOpens):
        add_call(by=officer, at=AT, programme=other, facts=upside_down)
    closed = a_call(officer, other, publish=False)
    assert not closed.is_published
    assert publish_call(by=officer, at=AT, call=closed).is_published


def test_an_award_names_its_winner_or_describes_them(officer, firm):
    trophies = a_programme(officer, "Trophées", kind=ProgrammeKind.AWARD, envelope=None)
    with pytest.raises(NobodyDescribed):
        give_award(by=officer, at=AT, programme=trophies, facts=AwardFacts({"fr": "Prix"}))
    named = give_award(by=officer, at=AT, programme=trophies, facts=AwardFacts({"fr": "Prix"}, organisation=firm))
    described = give_award(
        by=officer, at=AT, programme=trophies, facts=AwardFacts({"fr": "Prix"}, words={"fr": "investisseurs"}, count=4)
    )
    assert (named.position, described.position, described.count) == (0, 1, 4)
    assert not CitedRecord.objects.exists()


def test_only_who_runs_programmes_writes_them_and_only_their_own(officer, oriental, call):
    for role in ("juror", "observer", "organiser", "account_owner"):
        with pytest.raises(NotAllowed):
            a_programme(at_work(oriental, role))
    stranger = at_work(a_promoter("rival"), "fund_officer")
    with pytest.raises(ForeignRow):
        rules(stranger, call.programme)
    with pytest.raises(ForeignRow):
        publish_call(by=stranger, at=AT, call=call)
