"""Applications and decisions: who may, when, within what, and what is frozen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.models import NewsItem
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.models import Organisation
from moussem.engines.eligibility.assess import Verdict
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from moussem.programmes.domain.applications import (
    AlreadyApplied,
    CallNotOpen,
    NothingSaid,
    WrongState,
    ask_for_more,
    correct_application,
    submit_application,
    withdraw_application,
    write_application,
)
from moussem.programmes.domain.determinations import (
    AmountNeeded,
    Conflicted,
    EnvelopeNotStated,
    NotEligible,
    OverEnvelope,
    determine,
)
from moussem.programmes.domain.queries.envelopes import envelope_of_call, envelope_of_programme
from moussem.programmes.enums import ApplicationState, Decision, ProgrammeKind
from moussem.programmes.models import Application, Determination
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import an_organisation
from tests.factories.programmes import ELIGIBLE, MILLION, a_call, a_programme, an_application, facts

pytestmark = pytest.mark.django_db
AWARD, REFUSE = Decision.AWARD, Decision.REFUSE


def award(officer, row, amount=MILLION, **more):
    return determine(by=officer, at=AT, application=row, decision=AWARD, amount=amount, **more)


def refuse(officer, row, words="Hors du périmètre."):
    return determine(by=officer, at=AT, application=row, decision=REFUSE, words=words)


def test_an_applicant_writes_and_hands_in_an_application_in_the_name_of_its_firm(applicant, call, firm):
    row = an_application(applicant, call, firm, submit=False)
    assert (row.state, row.promoter, row.submitted_at) == (ApplicationState.DRAFT, call.promoter, None)
    submit_application(by=applicant, at=AT, application=row)
    assert (row.state, row.submitted_at) == (ApplicationState.SUBMITTED, AT)
    told = Entry.objects.filter(object_id=str(row.public_id)).values_list("verb", "promoter_key")
    assert set(told) == {("write_application", call.promoter.key), ("submit_application", call.promoter.key)}


def test_nobody_applies_for_a_firm_they_do_not_act_for(applicant, call, rival_firm, oriental):
    with pytest.raises(NotAllowed):
        an_application(applicant, call, rival_firm)
    with pytest.raises(NotAllowed):
        an_application(at_work(oriental, "organiser"), call, rival_firm)


def test_a_closed_firm_of_another_promoter_is_not_in_reach(officer, call):
    other = an_organisation(at_work(a_promoter("rival"), "account_owner"), publish=False)
    with pytest.raises(ForeignRow):
        an_application(officer, call, other)


@pytest.mark.parametrize(("moved", "is_open"), [(0, False), (1, True), (2, True), (3, False)])
def test_one_applies_from_the_opening_on_and_before_the_close(officer, firm, moved, is_open):
    opens, closes = AT, AT + timedelta(seconds=2)
    call = a_call(officer, opens_at=opens, closes_at=closes)
    at = AT + timedelta(seconds=moved - 1)
    said = {"by": officer, "at": at, "call": call, "organisation": firm, "title": "x", "facts": ELIGIBLE}
    if is_open:
        assert write_application(**said).state == ApplicationState.DRAFT
    else:
        with pytest.raises(CallNotOpen):
            write_application(**said)


def test_a_call_that_is_not_public_takes_no_application(officer, firm):
    with pytest.raises(CallNotOpen):
        an_application(officer, a_call(officer, publish=False), firm)


def test_a_firm_has_one_application_under_way_in_a_call_and_another_after_it_withdrew(applicant, call, firm):
    row = an_application(applicant, call, firm)
    with pytest.raises(AlreadyApplied):
        an_application(applicant, call, firm)
    withdraw_application(by=applicant, at=AT, application=row)
    assert an_application(applicant, call, firm).state == ApplicationState.SUBMITTED


def test_what_is_missing_is_asked_for_by_letter_and_completed_even_after_the_close(officer, applicant, firm):
    call = a_call(officer, closes_at=AT + timedelta(days=1))
    row = an_application(applicant, call, firm, facts=facts(1_000_000))
    with pytest.raises(NothingSaid):
        ask_for_more(by=officer, at=AT, application=row, words=" ")
    ask_for_more(by=officer, at=AT, application=row, words="Le nombre d’emplois à créer.")
    (letter,) = Message.objects.filter(template="programmes.more_asked")
    assert (letter.address, letter.language) == ("applicant@saccom.example", "en")
    assert "Le nombre d’emplois à créer." in template(letter.template).render(letter).text
    late = AT + timedelta(days=5)
    correct_application(
        by=applicant, at=late, application=row, read_version=row.version, title=row.title, facts=ELIGIBLE
    )
    submit_application(by=applicant, at=late, application=row)
    assert row.state == ApplicationState.SUBMITTED


def test_what_was_handed_in_is_not_changed_any_more(applicant, call, firm):
    row = an_application(applicant, call, firm)
    with pytest.raises(WrongState):
        correct_application(
            by=applicant, at=AT, application=row, read_version=row.version, title="Autre", facts=ELIGIBLE
        )
    with pytest.raises(WrongState):
        submit_application(by=applicant, at=AT, application=row)


def test_two_who_write_one_application_do_not_overwrite_each_other(applicant, officer, call, firm):
    row = an_application(applicant, call, firm, submit=False)
    said = {"at": AT, "application": row, "read_version": row.version, "facts": ELIGIBLE}
    correct_application(by=applicant, title="Premier", **said)
    with pytest.raises(ChangedMeanwhile):
        correct_application(by=officer, title="Second", **said)


def test_a_decision_freezes_the_assessment_counts_against_the_envelope_and_tells_the_applicant(
    officer, applicant, call, firm
):
    row = an_application(applicant, call, firm)
    decided = award(officer, row, words="Projet solide.")
    assert (row.state, decided.amount, decided.decided_by) == (ApplicationState.AWARDED, MILLION, "tests")
    assert decided.assessment["verdict"] == "yes"
    assert decided.assessment["rules"] == call.rule_set.criteria
    for envelope in (envelope_of_programme(call.programme),):
        assert (envelope.stated, envelope.committed, envelope.left) == (55 * MILLION, MILLION, 54 * MILLION)
    assert NewsItem.objects.filter(name="programmes.determined").count() == 1
    (letter,) = Message.objects.filter(template="programmes.determination")
    rendered = template(letter.template).render(letter)
    assert rendered.subject == "Your application to Fonds d’aide was accepted"
    for words in (
        "MAD\u00a01\u00a0million",
        "Projet solide.",
        "at least 20\u00a0jobs",
        f"/en/applications/{row.public_id}/",
    ):
        assert words in rendered.text


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [(facts(999_999, 20), Verdict.NO), (facts(1_000_000, 19), Verdict.NO), (facts(1_000_000), Verdict.CANNOT_SAY)],
)
def test_what_is_not_eligible_or_cannot_be_said_is_never_accepted(officer, call, firm, stated, verdict):
    row = an_application(officer, call, firm, facts=stated)
    with pytest.raises(NotEligible) as refused:
        award(officer, row)
    assert refused.value.verdict is verdict
    assert refuse(officer, row).assessment["verdict"] == verdict.value


def test_a_refusal_says_why_and_gives_nothing(officer, applicant, call, firm):
    row = an_application(applicant, call, firm)
    with pytest.raises(NothingSaid):
        refuse(officer, row, "  ")
    with pytest.raises(AmountNeeded):
        determine(by=officer, at=AT, application=row, decision=REFUSE, amount=1, words="Non.")
    refuse(officer, row)
    assert envelope_of_programme(call.programme).committed == 0
    (letter,) = Message.objects.filter(template="programmes.determination")
    assert "Hors du périmètre." in template(letter.template).render(letter).html


def test_an_application_is_decided_once(officer, call, firm):
    row = an_application(officer, call, firm)
    award(officer, row)
    with pytest.raises(WrongState):
        refuse(officer, row)
    assert Determination.objects.count() == 1


@pytest.mark.parametrize(("amount", "fits"), [(3 * MILLION, True), (3 * MILLION + 1, False)])
def test_the_last_dirham_may_be_given_and_not_one_more(officer, firm, amount, fits):
    call = a_call(officer, envelope=3 * MILLION)
    row = an_application(officer, call, firm)
    if fits:
        award(officer, row, amount)
        assert envelope_of_call(call).left == 0
        return
    with pytest.raises(OverEnvelope) as over:
        award(officer, row, amount)
    assert over.value.left == 3 * MILLION
    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_two_calls_share_the_programme_s_envelope(officer, firm, rival_firm):
    programme = a_programme(officer, envelope=5 * MILLION)
    first, second = (a_call(officer, programme) for _ in range(2))
    award(officer, an_application(officer, first, firm), 4 * MILLION)
    with pytest.raises(OverEnvelope) as over:
        award(officer, an_application(officer, second, rival_firm), 2 * MILLION)
    assert over.value.left == MILLION


def test_money_is_given_with_an_amount_out_of_a_stated_envelope(officer, firm, rival_firm):
    row = an_application(officer, a_call(officer), firm)
    for amount in (None, 0, -1):
        with pytest.raises(AmountNeeded):
            award(officer, row, amount)
    silent = a_call(officer, a_programme(officer, envelope=None))
    with pytest.raises(EnvelopeNotStated):
        award(officer, an_application(officer, silent, rival_firm))


def test_an_intake_is_decided_without_an_amount(officer, firm):
    intake = a_call(officer, a_programme(officer, kind=ProgrammeKind.INCUBATION, envelope=None))
    row = an_application(officer, intake, firm, asked_for=None)
    with pytest.raises(AmountNeeded):
        award(officer, row)
    assert award(officer, row, None).amount is None


def test_an_officer_who_acts_for_the_applicant_does_not_decide(officer, applicant_user, call, firm, editor):
    row = an_application(officer, call, firm)
    acting = frozenset(actor_of_user(applicant_user, None).organisation_pks)
    with pytest.raises(Conflicted):
        award(replace(officer, organisation_pks=acting), row)
    twin = an_organisation(editor, "Saccom SA")
    Organisation.objects.filter(pk=twin.pk).update(canonical=firm)
    with pytest.raises(Conflicted):
        award(replace(officer, organisation_pks=frozenset({twin.pk})), row)


def test_only_a_fund_officer_in_person_decides(oriental, officer, call, firm):
    row = an_application(officer, call, firm)
    for by in (
        at_work(oriental, "promoter_administrator"),
        at_work(oriental, "juror"),
        replace(officer, kind="token"),
        replace(officer, kind="task"),
        at_work(a_promoter("rival"), "fund_officer"),
    ):
        with pytest.raises(NotAllowed):
            award(by, row)


def test_jurors_see_nothing_of_the_money(oriental, officer, call, firm):
    row = an_application(officer, call, firm)
    award(officer, row)
    juror, both = at_work(oriental, "juror"), at_work(oriental, "juror", "fund_officer")
    for table in (Application, Determination):
        assert not table.objects.visible_to(juror).exists()
        assert table.objects.visible_to(both).count() == 1
        assert table.objects.visible_to(at_work(oriental, "observer")).count() == 1


def test_a_rival_never_learns_of_an_application(officer, rival_user, applicant, call, firm):
    row = an_application(applicant, call, firm)
    award(officer, row)
    rival = actor_of_user(rival_user, None)
    for table in (Application, Determination):
        assert not table.objects.visible_to(rival).exists()
        assert table.objects.visible_to(applicant).count() == 1
