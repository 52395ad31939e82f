"""A thousand malformed lists: each answered with its place and its reason in the reader's language; nothing written."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from moussem.core.ids import uuid7
from moussem.core.queue import run_due_jobs
from moussem.directory.enums import ImportState
from moussem.directory.interfaces.import_sentences import faults_of, refusal_of
from moussem.directory.models import Affiliation, ImportedList, Organisation, Person
from tests.directory.listing import rows_of
from tests.directory.malformed import FAMILIES, SHEET, malformed
from tests.factories.accounts import staff

pytestmark = pytest.mark.slow
LISTS = "/p/oriental/imports/"
COUNT, PARTS = 1000, 8


@pytest.fixture
def desk(client, oriental):
    client.force_login(staff(oriental, "account_owner"))
    return client


def dropped(desk, file, language):
    """The list and its page after the file was dropped and the worker came by; each answer is a good one."""
    upload = SimpleUploadedFile(file.filename, file.content)
    answer = desk.post(f"{LISTS}new/", {"nonce": str(uuid7()), "file": upload})
    assert answer.status_code == 302, (file.family, answer.status_code)
    assert run_due_jobs() >= 1
    row = ImportedList.objects.select_related("file").latest("pk")
    page = desk.get(f"{LISTS}{row.public_id}/?rows=wrong", headers={"accept-language": language})
    assert page.status_code == 200
    if row.state == ImportState.READY:
        assert desk.post(f"{LISTS}{row.public_id}/write/", {"nonce": str(uuid7())}).status_code == 302
    return row, page.content.decode()


def told(row, language):
    """The sentences about a list in one language."""
    with translation.override(language):
        found = [refusal_of(row)] if row.state == ImportState.REFUSED else []
        return found + [sentence for one in rows_of(row) for sentence in faults_of(row, one)]


def html(sentence):
    from django.utils.html import escape

    return escape(sentence)


def answered_rightly(file, row, page, language):
    """What is missing in the answer to a file; "" where nothing is."""
    sentences = told(row, language)
    if file.refused:
        if row.refusal.get("code") not in file.refused:
            return f"refused as {row.refusal}, {row.state}"
        if file.row is not None and row.refusal["row"] != file.row:
            return f"row {row.refusal['row']} instead of {file.row}"
    else:
        codes = {(one["row"], fault) for one in rows_of(row) for _column, fault, _said in one["faults"]}
        if not codes.issuperset(file.said):
            return f"said {codes} and not {file.said}; {row.state} {row.refusal}"
        place = {"fr": "ligne", "en": "row"}[language]
        if any(f"{place} {number}" not in " ".join(sentences).lower() for number, _code in file.said):
            return f"no place in {sentences}"
        if not file.filename.endswith("csv") and any(SHEET not in sentence for sentence in sentences):
            return f"no sheet in {sentences}"
    if not sentences or any(html(sentence) not in page for sentence in sentences[:1]):
        return f"the page does not say {sentences}"
    return ""


@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_malformed_lists_are_each_answered_and_none_writes_a_row(desk, part):
    assert 30 * len(FAMILIES) <= COUNT
    faults = []
    for number, file in enumerate(malformed(COUNT // PARTS, seed=part)):
        language = ("fr", "en")[(number + part) % 2]
        row, page = dropped(desk, file, language)
        if missing := answered_rightly(file, row, page, language):
            faults.append((number, file.family, missing))
        row.refresh_from_db()
        if row.state not in (ImportState.READY, ImportState.REFUSED):
            faults.append((number, file.family, row.state))
    assert faults == []
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
    assert not Affiliation.objects.exists()


def test_the_same_lists_made_good_are_not_refused(desk):
    """The control: what the thousand have beside their fault is no reason to refuse them."""
    import random

    from tests.directory.malformed import _guests, _packed

    chance = random.Random(1)
    for _ in range(20):
        file = type("File", (), dict(zip(("filename", "content"), _packed(chance, _guests(chance)), strict=True)))
        file.family = "good"
        row, _page = dropped(desk, file, "fr")
        row.refresh_from_db()
        assert row.state == ImportState.WRITING
        assert row.counts.keys() <= {"new", "known"}
