"""The ledger: written with the change, sealed in order, verified, erased only by an act."""

import json
import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from moussem.audit.domain import sealing
from moussem.audit.domain.entries import OutsideTransaction, write_entry
from moussem.audit.domain.erasure import AlreadyErased, ReasonMissing, erase_payload
from moussem.audit.domain.heads import heads_path, keep, kept_heads, last_kept
from moussem.audit.domain.queries.entries import chain_state, history, ledger_page
from moussem.audit.domain.sealing import ChainBroken, seal_all, seal_chain
from moussem.audit.domain.verification import verify_all, verify_chain
from moussem.audit.models import ChainHead, Entry
from moussem.core.actor import ANONYMOUS, Actor
from tests.audit.ledgers import AT, BY, ONE, OTHER, write, write_chain


def staff(key, role="promoter_administrator"):
    return Actor("user", "1", "administrator", 1, key, frozenset({role}))


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_change_is_refused():
    with pytest.raises(OutsideTransaction):
        write_entry(by=BY, at=AT, verb="x", object_kind="x", object_id=1, object_label="", promoter_key=ONE)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_an_undone_change_leaves_no_entry():
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_entries_are_sealed_in_the_order_in_which_they_were_written_one_chain_per_promoter():
    for number in range(3):
        write(ONE, number=number)
        write(OTHER, number=number)
    assert seal_all().joined == {ONE: 3, OTHER: 3}
    for key in (ONE, OTHER):
        rows = Entry.objects.filter(promoter_key=key).order_by("position")
        assert [row.position for row in rows] == [1, 2, 3]
        assert [row.object_id for row in rows] == ["figure-0", "figure-1", "figure-2"]
        assert last_kept(key).count == ChainHead.objects.get(pk=key).count == 3
    assert seal_all().joined == {}
    assert all(report.holds for report in verify_all())


@pytest.mark.django_db
def test_more_entries_than_a_batch_are_sealed_at_once(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 4)
    for number in range(10):
        write(number=number)
    assert seal_all().joined == {ONE: 10}
    assert [head.count for head in kept_heads(ONE)] == [4, 8, 10]


@pytest.mark.django_db
def test_the_unsealed_tail_is_told_and_is_no_fault():
    write()
    report = verify_chain(ONE)
    assert (report.holds, report.sealed, report.unsealed) == (True, 0, 1)


@pytest.mark.django_db
def test_an_erased_payload_reads_erased_and_is_no_fault():
    entry = write(number=1)
    seal_all()
    erase_payload(by=BY, at=AT, entry=entry, reason="asked by the person")
    seal_all()
    entry.refresh_from_db()
    assert (entry.payload.salt, entry.payload.before, entry.payload.after) == ("", None, None)
    report = verify_chain(ONE)
    assert report.holds
    assert report.erased == [str(entry.public_id)]
    assert [line.is_erased for line in history(staff(ONE), "figure", "figure-1")] == [True]


@pytest.mark.django_db
def test_an_erasure_needs_a_reason_and_happens_once():
    entry = write()
    with pytest.raises(ReasonMissing):
        erase_payload(by=BY, at=AT, entry=entry, reason="  ")
    erase_payload(by=BY, at=AT, entry=entry, reason="asked by the person")
    with pytest.raises(AlreadyErased):
        erase_payload(by=BY, at=AT, entry=entry, reason="asked by the person")
    assert Entry.objects.count() == 2


@pytest.mark.django_db
def test_nothing_is_sealed_on_top_of_a_chain_whose_end_was_cut_off():
    write_chain(ONE, 20)
    older = next(iter(kept_heads(ONE)))
    Entry.objects.filter(promoter_key=ONE, position__gt=older.count).update(position=None, seal="")
    ChainHead.objects.filter(pk=ONE).update(count=older.count, seal=older.seal, mark=older.mark)
    with pytest.raises(ChainBroken):
        seal_chain(ONE)
    write(OTHER)
    sealed = seal_all()
    assert sealed.broken == (ONE,)
    assert sealed.joined == {OTHER: 1}


@pytest.mark.django_db
def test_a_head_that_was_not_kept_when_the_machine_stopped_is_made_up_for():
    write_chain(ONE, 7)
    path = heads_path(ONE)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 40])
    assert verify_chain(ONE).holds
    write()
    seal_chain(ONE)
    assert verify_chain(ONE).holds
    assert all(len(line.split()) == 3 for line in path.read_text().splitlines())


@pytest.mark.django_db
def test_a_kept_head_ahead_of_the_chain_is_a_fault():
    write_chain(ONE, 7)
    head = last_kept(ONE)
    keep(ONE, type(head)(head.count + 1, head.seal, head.mark))
    assert {fault.what for fault in verify_chain(ONE).faults} == {"end cut off"}


@pytest.mark.django_db
def test_verify_says_what_and_where_and_ends_with_one():
    write_chain(ONE, 20)
    Entry.objects.filter(promoter_key=ONE, position=5).update(object_label="something else")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", stdout=out)
    assert ended.value.code == 1
    assert "FAULT position 5: seal" in out.getvalue()
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", "--json", "--promoter", ONE, stdout=out)
    assert json.loads(out.getvalue())["chains"][0]["faults"][0]["position"] == 5
    assert ChainHead.objects.get(pk=ONE).faults == 1


@pytest.mark.django_db
def test_verify_of_a_ledger_that_holds_ends_well_and_is_noted():
    write_chain(ONE, 20)
    write()
    out = StringIO()
    call_command("verify", stdout=out)
    assert "holds; 22 sealed, 1 not sealed yet" in out.getvalue()
    state = chain_state(staff(ONE))
    assert (state.sealed, state.unsealed, state.faults) == (22, 1, 0)
    assert state.verified_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_seal_one_chain_while_others_write_and_one_verifies():
    for number in range(30):
        write(number=number)
    failures = []

    def at_once(work):
        try:
            for _ in range(8):
                work()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    def verify():
        if faults := verify_chain(ONE).faults:
            failures.append(faults)

    works = (seal_all, seal_all, write, write, verify)
    threads = [threading.Thread(target=at_once, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_all()
    assert failures == []
    report = verify_chain(ONE)
    assert (report.holds, report.sealed, report.unsealed) == (True, 46, 0)


@pytest.mark.django_db
def test_the_ledger_of_a_promoter_is_read_by_its_staff_alone():
    write(ONE)
    write("", number=1)
    assert len(ledger_page(staff(ONE)).lines) == 1
    administrator = Actor("user", "2", "administrator", roles=frozenset({"installation_administrator"}))
    assert [line.entry.promoter_key for line in ledger_page(administrator).lines] == [""]
    for other in (staff(OTHER), ANONYMOUS, Actor("user", "3", "nobody"), Actor("link", "4", "", 1, ONE)):
        assert ledger_page(other).lines == ()


@pytest.mark.django_db
def test_pages_follow_each_other_without_a_gap_and_an_object_has_its_history():
    for number in range(7):
        write(number=number)
    first = ledger_page(staff(ONE), size=4)
    second = ledger_page(staff(ONE), before=first.older, size=4)
    assert [line.entry.object_id for line in (*first.lines, *second.lines)] == [f"figure-{n}" for n in range(6, -1, -1)]
    assert second.older is None
    (line,) = history(staff(ONE), "figure", "figure-1")
    assert [(c.name, c.before, c.after) for c in line.changes][-2:] == [
        ("value", "1", "2"),
        ("words", "", "près de 4.500"),
    ]
