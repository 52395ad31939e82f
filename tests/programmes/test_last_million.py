"""Two officers give the last million at once, fifty times: one of them does, and the envelope is never passed."""

import threading

import pytest
from django.db import connections, transaction

from moussem.programmes.domain.determinations import OverEnvelope, determine
from moussem.programmes.domain.queries.envelopes import envelope_of_programme
from moussem.programmes.enums import ApplicationState, Decision
from moussem.programmes.models import Application, Determination
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import an_organisation
from tests.factories.programmes import MILLION, a_call, a_programme, an_application

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TIMES = 50


def two_at_once(rounds):
    """Both officers decide their application of each round at the same moment; what each was answered."""
    together = threading.Barrier(2)
    answers = [[] for _ in range(2)]

    def decide(who):
        try:
            for officer, rows in rounds:
                together.wait(timeout=60)
                try:
                    determine(by=officer, at=AT, application=rows[who], decision=Decision.AWARD, amount=MILLION)
                    answers[who].append("given")
                except OverEnvelope:
                    answers[who].append("over")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(who,)) for who in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    return list(zip(*answers, strict=True))


def a_round(promoter, n):
    """A programme with a single million left, and an application of each of two firms."""
    officer, editor = at_work(promoter, "fund_officer"), at_work(promoter, "account_owner")
    call = a_call(officer, a_programme(officer, f"Fonds {n}", envelope=MILLION))
    return officer, [an_application(officer, call, an_organisation(editor, f"Firme {n}.{m}")) for m in range(2)]


def test_the_last_million_is_given_once_fifty_times():
    promoter = a_promoter("oriental")
    rounds = [a_round(promoter, n) for n in range(TIMES)]
    answers = two_at_once(rounds)
    assert len(answers) == TIMES
    assert {frozenset(pair) for pair in answers} == {frozenset({"given", "over"})}
    assert Determination.objects.count() == TIMES
    for officer, rows in rounds:
        programme = Application.objects.get(pk=rows[0].pk).call.programme
        assert envelope_of_programme(programme).committed == MILLION, officer
        states = {Application.objects.get(pk=row.pk).state for row in rows}
        assert states == {ApplicationState.AWARDED, ApplicationState.SUBMITTED}


def test_a_check_outside_the_transaction_of_its_act_gives_both():
    """The negative control on both databases: what is left is read first, and the award written afterwards."""
    officer, rows = a_round(a_promoter("oriental"), 0)
    together, given = threading.Barrier(2), []

    def check_then_act(row):
        try:
            left = envelope_of_programme(Application.objects.get(pk=row.pk).call.programme).left
            together.wait(timeout=60)
            if left >= MILLION:
                with transaction.atomic():
                    Determination.objects.create(
                        promoter=row.promoter, application=row, decision="award", amount=MILLION, assessment={},
                        decided_at=AT, decided_by=officer.label,
                    )  # fmt: skip
                given.append(row)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=check_then_act, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(given) == 2
    assert envelope_of_programme(rows[0].call.programme).committed == 2 * MILLION
