"""Two who amend one line at once: one amendment, and the other reads it; and the naive way, which makes two."""

import threading
from functools import partial

import pytest
from django.db import transaction

from moussem.agreements.domain.agreements import sign_agreement
from moussem.agreements.domain.obligations import (
    ObligationFacts,
    SignedMeanwhile,
    amend_obligation,
    correct_obligation,
)
from moussem.agreements.models import Obligation
from moussem.core.versions import ChangedMeanwhile
from moussem.engines.values.measures import Measure
from tests import racing
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.agreements import a_promise, an_agreement

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


at_once = partial(racing.at_once, refused=(ChangedMeanwhile, SignedMeanwhile))


@pytest.fixture
def by():
    return at_work(a_promoter("oriental"), "account_owner")


def read(line):
    return Obligation.objects.select_related("agreement", "debtor__promoter", "promoter").get(pk=line.pk)


def saying(row, value):
    return ObligationFacts(words=row.words, debtor=row.debtor, measure=Measure(row.measure), value=value)


def amending(by, line, value):
    row = read(line)
    return lambda: amend_obligation(
        by=by, at=AT, obligation=row, read_version=row.version, facts=saying(row, value), reason="Avenant"
    )


def test_two_who_amend_one_line_at_once_make_one_amendment(by):
    for turn in range(TIMES):
        line = a_promise(by, an_agreement(by, f"Convention {turn}", signed=True), 800)
        assert sorted(at_once(*(amending(by, line, value) for value in (600, 500)))) == ["", "ChangedMeanwhile"]
        lines = Obligation.objects.filter(agreement=line.agreement)
        assert lines.filter(replaced_by=None).count() == 1
        assert sorted(lines.values_list("value", flat=True)) in ([600, 800], [500, 800])


def test_who_corrects_while_another_signs_corrects_before_or_not_at_all(by):
    for turn in range(TIMES):
        line = a_promise(by, an_agreement(by, f"Convention {turn}"), 800)
        row = read(line)

        def correct(row=row):
            correct_obligation(by=by, at=AT, obligation=row, read_version=row.version, facts=saying(row, 900))

        def sign(agreement=line.agreement):
            sign_agreement(by=by, at=AT, agreement=agreement, signed_on=None)

        ended = at_once(correct, sign)
        line.refresh_from_db()
        assert (ended[0], line.value) in (("", 900), ("SignedMeanwhile", 800))
        assert ended[1] == ""


def test_looking_first_and_amending_afterwards_makes_two(by):
    """The negative control."""
    line, looked = a_promise(by, an_agreement(by, signed=True), 800), threading.Barrier(2)

    def naive(value):
        def act():
            row = read(line)
            stands = row.replaced_by_id is None
            looked.wait(timeout=60)
            if stands:
                with transaction.atomic():
                    new = Obligation.objects.create(
                        promoter=row.promoter, agreement=row.agreement, debtor=row.debtor, words=row.words,
                        measure=row.measure, unit=row.unit, value=value,
                    )  # fmt: skip
                    Obligation.objects.filter(pk=row.pk).update(replaced_by=new, replaced_reason="naive")

        return act

    at_once(naive(600), naive(500))
    assert Obligation.objects.filter(agreement=line.agreement, replaced_by=None).count() == 2
