"""The pages of guests from a file: dropped at the gathering, on the list by a yes, invited by the same yes, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from moussem.core.ids import uuid7
from moussem.core.queue import run_due_jobs
from moussem.directory.models import ImportedList, Person
from moussem.guests.models import Invitation, Target
from tests.directory.listing import fresh
from tests.factories.accounts import staff
from tests.factories.sheets import GUESTS, HEADINGS, a_workbook
from tests.guests.conftest import a_gathering
from tests.guests.test_pages import of, page, sent


@pytest.fixture
def desk(client, owner):
    client.force_login(owner)
    return client


def dropped(desk, event, content=None):
    file = SimpleUploadedFile("invités.xlsx", content or a_workbook())
    sent(desk, of(event, "guests/file/"), file=file)
    run_due_jobs()
    return fresh(ImportedList.objects.latest("pk"))


def of_list(row):
    return f"/p/oriental/imports/{row.public_id}/"


def test_a_file_is_dropped_at_the_gathering_and_invited_by_one_yes(desk, event):
    assert "Ajouter depuis un fichier" in page(desk, of(event))
    row = dropped(desk, event)
    seen = page(desk, of_list(row))
    assert "Oui, inviter 3 personnes" in seen
    assert "Rencontre" in seen
    assert not Target.objects.exists()
    yes = of(event, f"guests/file/{row.public_id}/")
    nonce = str(uuid7())
    for _ in range(2):
        assert desk.post(yes, {"nonce": nonce, "invites": "yes"}).status_code == 302
    run_due_jobs()
    seen = page(desk, of_list(row))
    assert "3 invités sont entrés sur la liste des cibles" in seen
    assert "3 invitations envoyées" in seen
    assert (Target.objects.count(), Invitation.objects.count()) == (3, 3)
    assert "Amal Idrissi" in page(desk, of(event))


def test_while_invitations_leave_the_page_looks_again(desk, event):
    row = dropped(desk, event)
    sent(desk, of(event, f"guests/file/{row.public_id}/"), invites="yes")
    assert 'http-equiv="refresh"' in page(desk, of_list(row))
    run_due_jobs(most=1)
    assert 'http-equiv="refresh"' in page(desk, of_list(row))
    run_due_jobs()
    assert 'http-equiv="refresh"' not in page(desk, of_list(row))


def test_kinds_that_the_gathering_does_not_have_are_told_before(desk, event):
    headings = (*HEADINGS, "Catégorie")
    row = dropped(desk, event, a_workbook([(*GUESTS[0], "Dirigeants"), (*GUESTS[1], "Presse")], headings=headings))
    seen = page(desk, of_list(row))
    assert "ne sont pas celles de la rencontre\u00a0: Presse." in seen
    kind = event.guest_kinds.get()
    sent(desk, of(event, f"guests/file/{row.public_id}/"), guest_kind=str(kind.public_id))
    run_due_jobs()
    assert set(Target.objects.values_list("guest_kind", flat=True)) == {kind.pk}


def test_a_kind_of_another_gathering_is_refused_and_nothing_is_written(desk, event, editor):
    row, other = dropped(desk, event), a_gathering(editor).guest_kinds.get()
    sent(desk, of(event, f"guests/file/{row.public_id}/"), guest_kind=str(other.public_id))
    assert "Rien n’a été importé" in page(desk, of_list(row))
    run_due_jobs()
    assert not Person.objects.exists()


def test_wrong_rows_are_left_out_only_where_that_was_said(desk, event):
    row = dropped(desk, event, a_workbook([*GUESTS, ("", "x", "", "", "")]))
    yes = of(event, f"guests/file/{row.public_id}/")
    sent(desk, yes)
    assert "Des lignes sont à corriger" in page(desk, of_list(row))
    sent(desk, yes, leave_out="yes")
    run_due_jobs()
    assert Target.objects.count() == 3


def test_an_import_is_undone_by_its_button(desk, event):
    row = dropped(desk, event)
    sent(desk, of(event, f"guests/file/{row.public_id}/"))
    run_due_jobs()
    sent(desk, of(event, f"guests/file/{row.public_id}/undo/"))
    run_due_jobs()
    assert "3 personnes retirées" in page(desk, of_list(row))
    assert (Target.objects.count(), Person.objects.count()) == (0, 0)


def test_lists_of_other_gatherings_and_other_peoples_do_not_exist(desk, event, editor, oriental):
    row, other = dropped(desk, event), a_gathering(editor)
    for place in ("", "undo/"):
        sent(desk, of(other, f"guests/file/{row.public_id}/{place}"), 404)
        sent(desk, f"{of_list(row)}{place or 'write/'}", 404)
    desk.force_login(staff(oriental, "organiser"))
    sent(desk, of(event, f"guests/file/{row.public_id}/"), 404)
    page(desk, of_list(row), 404)
    run_due_jobs()
    assert not Person.objects.exists()


def test_no_file_is_refused_on_the_form(desk, event):
    assert "obligatoire" in sent(desk, of(event, "guests/file/"), 422)
