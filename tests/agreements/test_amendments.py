"""The lines of an act: corrected before it is signed, amended afterwards, and nothing lost where two do it at once."""

from dataclasses import replace
from datetime import date

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.agreements.domain.agreements import AlreadyEnded, end_agreement, sign_agreement
from moussem.agreements.domain.obligations import (
    AnotherDuty,
    NotSigned,
    ObligationFacts,
    ReasonNeeded,
    SignedMeanwhile,
    amend_obligation,
    correct_obligation,
)
from moussem.agreements.enums import DutyKind
from moussem.agreements.models import Obligation
from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.models import NewsItem
from moussem.core.versions import ChangedMeanwhile
from moussem.engines.values import period as periods
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import FigureRefused, Measure
from moussem.evidence.models import Figure
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.models import Project
from tests.factories.accounts import AT, at_work
from tests.factories.agreements import a_promise, an_agreement

DESK = "/p/oriental/agreements/"
BY = "Avenant n° 1 du 3 mars 2026"


def facts_of(row, **changes):
    """The line as it stands, with what changes."""
    known = ObligationFacts(
        words=row.words, kind=DutyKind(row.kind), debtor=row.debtor, measure=Measure(row.measure), value=row.value,
        bound=Bound(row.bound), due=row.due,
    )  # fmt: skip
    return replace(known, **changes)


def correct(by, row, read_version=None, **changes):
    return correct_obligation(
        by=by, at=AT, obligation=row, read_version=read_version or row.version, facts=facts_of(row, **changes)
    )


def amend(by, row, read_version=None, reason=BY, **changes):
    return amend_obligation(
        by=by, at=AT, obligation=row, read_version=read_version or row.version, facts=facts_of(row, **changes),
        reason=reason,
    )  # fmt: skip


@pytest.fixture
def line(editor):
    return a_promise(editor, an_agreement(editor), 800, due=periods.year(2028))


@pytest.fixture
def signed(editor, line):
    sign_agreement(by=editor, at=AT, agreement=line.agreement, signed_on=periods.day(date(2026, 1, 2)))
    return line


def test_a_line_is_corrected_before_the_signature_and_the_ledger_keeps_what_it_said(editor, line):
    correct(editor, line, words={"fr": "créer 900 emplois"}, value=900, due=None)
    assert (line.value, line.due, line.words) == (900, None, {"fr": "créer 900 emplois"})
    assert Obligation.objects.count() == 1
    entry = Entry.objects.get(verb="correct_obligation")
    assert entry.object_id == str(line.agreement.public_id)


def test_who_corrects_second_reads_what_was_saved_and_nothing_of_it_is_lost(editor, line):
    stale = Obligation.objects.get(pk=line.pk)
    correct(editor, line, value=900)
    with pytest.raises(ChangedMeanwhile) as changed:
        correct(editor, stale, value=700)
    assert changed.value.current.value == 900
    assert changed.value.attempted["value"] == 700
    line.refresh_from_db()
    assert line.value == 900


def test_a_save_without_the_version_would_have_lost_the_first_correction(editor, line):
    """The negative control: the same two corrections, the second one written naively."""
    stale = Obligation.objects.get(pk=line.pk)
    correct(editor, line, value=900)
    stale.value = 700
    stale.save()
    line.refresh_from_db()
    assert line.value == 700


def test_once_signed_a_line_is_not_corrected_and_before_not_amended(editor, line):
    with pytest.raises(NotSigned):
        amend(editor, line, value=900)
    sign_agreement(by=editor, at=AT, agreement=line.agreement, signed_on=None)
    with pytest.raises(SignedMeanwhile):
        correct(editor, line, value=900)
    line.refresh_from_db()
    assert line.value == 800


def test_an_amendment_is_a_new_line_and_the_signed_one_keeps_its_value_and_says_why(editor, signed):
    new = amend(editor, signed, value=600, due=periods.year(2029))
    assert (signed.value, signed.due.end.year, signed.replaced_by, signed.replaced_reason) == (800, 2028, new, BY)
    assert (new.value, new.due.end.year, new.debtor, new.position) == (600, 2029, signed.debtor, signed.position)
    assert NewsItem.objects.filter(name="agreements.signed").count() == 2
    assert Entry.objects.filter(verb="amend_obligation").count() == 1


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"debtor": None, "kind": DutyKind.OBJECTIVE}, AnotherDuty),
        ({"measure": Measure.INVESTMENT}, AnotherDuty),
        ({"value": -1}, FigureRefused),
    ],
)
def test_who_owes_what_is_not_amended_and_a_wrong_number_is_refused_whole(editor, signed, changes, refusal):
    with pytest.raises(refusal):
        amend(editor, signed, **changes)
    assert Obligation.objects.count() == 1


def test_an_amendment_says_by_what(editor, signed):
    with pytest.raises(ReasonNeeded):
        amend(editor, signed, value=600, reason="  ")
    assert Obligation.objects.count() == 1


def test_two_amendments_of_one_line_are_one_and_the_second_reads_the_first(editor, signed):
    stale = Obligation.objects.get(pk=signed.pk)
    new = amend(editor, signed, value=600)
    with pytest.raises(ChangedMeanwhile) as changed:
        amend(editor, stale, value=500)
    assert changed.value.current == new
    with pytest.raises(ChangedMeanwhile):
        amend(editor, new, read_version=stale.version, value=500)
    assert Obligation.objects.count() == 2
    assert amend(editor, new, value=500).value == 500


def test_nothing_is_corrected_or_amended_once_it_has_ended_or_by_a_stranger(editor, rival, oriental, signed):
    for by, refusal in ((rival, ForeignRow), (at_work(oriental, "observer"), NotAllowed)):
        with pytest.raises(refusal):
            amend(by, signed, value=1)
        with pytest.raises(refusal):
            correct(by, signed, value=1)
    end_agreement(by=editor, at=AT, agreement=signed.agreement, words="Résiliée")
    with pytest.raises(AlreadyEnded):
        amend(editor, signed, value=1)
    with pytest.raises(AlreadyEnded):
        correct(editor, signed, value=1)


def test_the_projects_promise_follows_the_amendment_and_keeps_the_old_one(editor, signed):
    open_from_agreement(agreement=signed.agreement.public_id, at=AT)
    new = amend(editor, signed, value=600)
    for _ in range(2):
        open_from_agreement(agreement=signed.agreement.public_id, at=AT)
    assert Project.objects.count() == 1
    current = Figure.objects.current().get()
    assert (current.value, current.key) == (600, f"obligation:{new.public_id}")
    assert (current.replaces.value, current.replaces.replaced_reason) == (800, BY)
    assert [citation.quote for citation in current.citations.order_by("pk")] == ["créer des emplois", BY]


def test_amended_before_the_news_came_only_the_standing_line_is_promised(editor, signed):
    amend(editor, amend(editor, signed, value=600), value=500)
    open_from_agreement(agreement=signed.agreement.public_id, at=AT)
    assert Figure.objects.get().value == 500


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def sent(client, address, status, **fields):
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (address, response.content.decode()[-2000:])
    return response.content.decode()


def test_a_line_is_corrected_by_its_link_and_both_versions_are_shown_to_who_is_second(desk, line):
    here = f"{DESK}{line.agreement.public_id}/"
    address = f"{here}promises/{line.public_id}/correct/"
    assert f'href="{address}"' in page(desk, here)
    form = page(desk, address)
    assert 'value="800"' in form
    assert 'value="2028"' in form
    given = {"debtor": line.debtor.public_id, "measure": "jobs", "bound": "equal", "due": "2028", "words": "créer"}
    sent(desk, address, 302, version=line.version, value="900", **given)
    second = sent(desk, address, 422, version=line.version, value="700", **given)
    for words in ("Quelqu’un d’autre a enregistré", "900", "700"):
        assert words in second
    sent(desk, address, 302, version=line.version + 1, value="700", **given)
    line.refresh_from_db()
    assert line.value == 700


def test_a_line_is_amended_by_its_link_and_the_page_shows_what_was_signed(desk, signed):
    here = f"{DESK}{signed.agreement.public_id}/"
    address = f"{here}promises/{signed.public_id}/amend/"
    assert f'href="{address}"' in page(desk, here)
    given = {"bound": "equal", "due": "2028", "words": "créer des emplois"}
    assert "obligatoire" in sent(desk, address, 422, version=signed.version, value="600", **given)
    sent(desk, address, 302, version=signed.version, value="600", reason=BY, **given)
    shown = page(desk, here)
    for words in ("600", "Avant l’avenant", "800", BY):
        assert words in shown
    second = sent(desk, address, 422, version=signed.version, value="500", reason="Avenant n° 2", **given)
    for words in ("Quelqu’un d’autre a enregistré", "600", "500"):
        assert words in second
    sent(desk, address, 302, version=signed.version + 1, value="500", reason="Avenant n° 2", **given)
    assert Obligation.objects.get(replaced_by=None).value == 500
    refused = sent(
        desk, f"{here}promises/{signed.public_id}/correct/", 422, version=signed.version, value="1", measure="jobs",
        debtor=signed.debtor.public_id, **given,
    )  # fmt: skip
    assert "ses lignes se modifient par avenant" in refused


def test_what_was_not_touched_keeps_its_languages_its_words_and_the_end_of_its_range(desk, editor):
    agreement = an_agreement(editor)
    words = {"fr": "créer des emplois", "en": "create jobs"}
    due = replace(periods.year(2028), words="d’ici trois ans")
    line = a_promise(editor, agreement, 500, bound=Bound.RANGE, value_max=800, due=due)
    Obligation.objects.filter(pk=line.pk).update(words=words)
    address = f"{DESK}{agreement.public_id}/promises/{line.public_id}/correct/"
    given = {"debtor": line.debtor.public_id, "measure": "jobs", "bound": "range", "value": "500"}
    sent(desk, address, 302, version=line.version, due="2028", words="créer des emplois", **given)
    line.refresh_from_db()
    assert (line.words, line.value_max, line.due_words) == (words, 800, "d’ici trois ans")
