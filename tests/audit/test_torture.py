"""Any single fault in the ledger is found, and a ledger without one is never accused."""

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection

from moussem.audit.domain.sealing import seal_chain
from moussem.audit.domain.verification import orphaned_payloads, verify_all
from tests.audit.harm import FAULTS, REWOUND, Harm, unguarded
from tests.audit.ledgers import CHAINS, Copies, write, write_chain

OUTSIDE = {"kept head", "no kept head", "end cut off"}


@pytest.fixture
def copies(transactional_db, settings):
    """A database of three chains with erasures and unsealed tails, to be copied."""
    for key, count in zip(CHAINS, (70, 50, 40), strict=True):
        write_chain(key, count)
        for number in range(2):
            write(key, number=900 + number)
    return Copies(Path(tempfile.mkdtemp(dir=settings.VAR)))


def found(heads) -> set[str]:
    """What the verification finds; with `what` of each fault."""
    names = {fault.what for report in verify_all(heads) for fault in report.faults}
    return names | {"orphans"} if orphaned_payloads() else names


def torment(copies, rounds):
    """Make `rounds` single faults, each in a fresh copy; answer what verification, and what the naive one, missed."""
    missed, missed_by_naive = Counter(), Counter()
    for number in range(rounds):
        fault = FAULTS[number % len(FAULTS)]
        with copies.one() as heads:
            unguarded()
            fault(Harm(random.Random(number), heads))
            names = found(heads)
        missed[fault.__name__] += not names
        missed_by_naive[fault.__name__] += not names - OUTSIDE
    return +missed, +missed_by_naive


@pytest.mark.slow
def test_a_thousand_single_faults_are_found_each(copies):
    missed, missed_by_naive = torment(copies, 1000 if connection.vendor == "sqlite" else 4 * len(FAULTS))
    assert missed == {}
    # The negative control: without the heads kept outside the database some faults cannot be found.
    assert {fault.__name__ for fault in REWOUND} <= set(missed_by_naive)


@pytest.mark.slow
def test_a_hundred_clean_copies_raise_no_alarm(copies):
    for number in range(100 if connection.vendor == "sqlite" else 20):
        chance = random.Random(number)
        with copies.one() as heads:
            for extra in range(chance.randrange(5)):
                write(chance.choice(CHAINS), number=extra)
            for key in chance.sample(CHAINS, chance.randrange(3)):
                seal_chain(key)
            assert found(heads) == set(), number


def test_each_kind_of_fault_is_found_once(copies):
    missed, _naive = torment(copies, len(FAULTS))
    assert missed == {}
