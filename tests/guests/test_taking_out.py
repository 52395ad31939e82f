"""The registrations as a file: for a reason, in the ledger, with no contact of anybody that one may not see."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from moussem.accounts.domain.refusals import NotAllowed
from moussem.accounts.enums import Role
from moussem.audit.models import Entry
from moussem.guests.domain.taking_out import take_out_registrations
from tests.factories.accounts import AT, at_work, staff
from tests.factories.registering import an_open_form, registered
from tests.guests.test_pages import desk, of, page

__all__ = ("desk",)
REASON = "Les badges de l’imprimeur"


@pytest.fixture
def kind(editor, event):
    return an_open_form(editor, event, asked={"organisation": "may", "phone": "may"})


def the_file(client, event, status=200, **said):
    response = client.post(of(event, "registrations/file/"), {"state": "", "reason": REASON} | said)
    assert response.status_code == status
    return response


def rows_of(response):
    file = b"".join(response.streaming_content)
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_page_leads_to_a_form_and_the_form_to_the_file(desk, event, kind):
    registered(kind, "Salma", said={"organisation": "=HYPERLINK(1)"})
    registered(kind, "Zakaria", at=AT + timedelta(minutes=1), said={"organisation": "Maison Z"})
    assert of(event, "registrations/file/") in page(desk, of(event, "registrations/?state=comes"))
    assert "À quoi sert le fichier" in page(desk, of(event, "registrations/file/"))

    response = the_file(desk, event)
    rows = rows_of(response)

    assert response["Content-Disposition"].endswith('.xlsx"')
    assert response["Cache-Control"] == "no-store"
    assert [row["Invité"] for row in rows] == ["Salma", "Zakaria"]
    assert [row["Organisation"] for row in rows] == ["=HYPERLINK(1)", "Maison Z"]


def test_one_state_alone_is_taken_out_where_it_is_asked_for(desk, event, kind):
    registered(kind, "Salma")
    assert rows_of(the_file(desk, event, state="waits")) == []
    assert len(rows_of(the_file(desk, event, state="comes"))) == 1


def test_without_a_reason_nothing_leaves_and_with_one_the_ledger_tells_it(desk, event, kind):
    registered(kind, "Salma")
    assert "m-errors" in the_file(desk, event, 422, reason=" ").content.decode()
    assert not Entry.objects.filter(verb="take_out_registrations").exists()
    the_file(desk, event)
    entry = Entry.objects.get(verb="take_out_registrations")
    assert entry.payload.after == {"reason": REASON, "state": "", "registrations": 1}


def test_contacts_are_those_that_one_may_see(client, oriental, event, kind):
    registered(kind, "Salma", email="salma@t.example", said={"phone": "+212 600"})
    for role, contact in ((Role.PROMOTER_ADMINISTRATOR, ["salma@t.example", "+212 600"]), (Role.ORGANISER, ["", ""])):
        client.force_login(staff(oriental, role, email=f"other-{role}@t.example"))
        (row,) = rows_of(the_file(client, event))
        assert [row["Adresse électronique"], row["Téléphone"]] == contact


def test_who_only_reads_takes_nothing_out(client, oriental, event, kind):
    client.force_login(staff(oriental, Role.OBSERVER))
    the_file(client, event, 403)
    assert "registrations/file/" not in page(client, of(event, "registrations/"))
    with pytest.raises(NotAllowed):
        take_out_registrations(by=at_work(oriental, Role.OBSERVER), at=AT, event=event, state="", reason=REASON)


def test_a_file_of_three_asks_as_often_as_one_of_one(desk, event, kind):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            rows_of(the_file(desk, event))
        return len(captured)

    registered(kind, "Salma")
    one = asked()
    registered(kind, "Zakaria")
    registered(kind, "Zineb")
    assert (one, asked()) == (9, 9)
