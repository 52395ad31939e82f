"""Guests from a file: on the target list by a yes, invited at once where that was said, and taken back."""

import io

import pytest

from moussem.core.queue import run_due_jobs
from moussem.directory.domain.imports.deciding import NotWaiting, answer_doubts, confirm_list
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose, ImportState
from moussem.directory.models import Person
from moussem.engines.values import period as periods
from moussem.guests.domain.from_files import (
    OtherGathering,
    ask_to_undo_guests,
    confirm_guests,
    open_guest_list,
    take_guests,
)
from moussem.guests.domain.targets import drop_target
from moussem.guests.models import Invitation, Target
from moussem.mail.models import Message
from tests.directory.listing import fresh
from tests.factories.accounts import AT
from tests.factories.guests import a_target
from tests.factories.sheets import GUESTS, HEADINGS, a_workbook
from tests.guests.conftest import a_gathering


def a_list(by, event, content=None):
    """A list for a gathering that was dropped and read."""
    file = io.BytesIO(content or a_workbook())
    row = open_guest_list(by=by, at=AT, event=event, file=file, filename="invités.xlsx")
    run_due_jobs()
    return fresh(row)


def taken(by, event, row, **said):
    confirm_guests(by=by, at=AT, event=event, imported=row, **said)
    run_due_jobs()
    return fresh(row)


def test_a_dropped_file_of_twenty_eight_makes_twenty_eight_targets(editor, event, owner):
    rows = [(f"Guest {n}", f"Firm {n}", "DSI", f"guest{n}@test.example", "") for n in range(28)]
    row = a_list(editor, event, a_workbook(rows))
    assert not Target.objects.exists()
    kind = event.guest_kinds.get()
    row = taken(editor, event, row, guest_kind=kind)
    assert row.state == ImportState.WRITTEN
    targets = Target.objects.filter(event=event, imported_list=row)
    assert targets.count() == 28
    assert {(target.guest_kind, target.owner) for target in targets} == {(kind, owner)}
    assert targets.first().organisation.name.startswith("Firm")
    assert not Invitation.objects.exists()


def test_yes_and_invite_sends_the_invitations_of_that_list_only(editor, event):
    a_target(editor, event, "Somebody before")
    taken(editor, event, a_list(editor, event), invites=True)
    assert Invitation.objects.filter(state="sent").count() == 3
    assert Message.objects.filter(template="guests.invitation").count() == 3
    run_due_jobs()
    assert Invitation.objects.count() == 3


def test_who_has_no_email_is_invited_without_a_letter(editor, event):
    row = a_list(editor, event, a_workbook([*GUESTS, ("Driss Alami", "", "", "", "")]))
    taken(editor, event, row, invites=True)
    assert Invitation.objects.filter(state="sent").count() == 4
    assert Message.objects.count() == 3


def test_who_objects_is_targeted_and_not_invited(editor, event):
    taken(editor, event, a_list(editor, event))
    person = Person.objects.get(name="Amal Idrissi")
    record_consent(
        by=editor, at=AT, person=person, purpose=ConsentPurpose.INVITATIONS, given=False, said_at=AT, proof="x"
    )
    other = a_gathering(editor)
    taken(editor, other, a_list(editor, other), invites=True)
    assert Target.objects.filter(event=other).count() == 3
    assert Invitation.objects.filter(event=other, state="sent").count() == 2


def test_a_gathering_without_a_day_gets_its_targets_and_invites_nobody(editor):
    event = a_gathering(editor, period=periods.year(2090))
    row = taken(editor, event, a_list(editor, event), invites=True)
    assert row.state == ImportState.WRITTEN
    assert (Target.objects.count(), Invitation.objects.count()) == (3, 0)


def test_the_kind_of_guest_comes_from_the_file_where_the_gathering_has_it(editor, event):
    headings = (*HEADINGS, "Catégorie")
    rows = [(*GUESTS[0], "DIRIGEANTS"), (*GUESTS[1], "Presse"), GUESTS[2]]
    row = a_list(editor, event, a_workbook(rows, headings=headings))
    taken(editor, event, row)
    kinds = {target.person.name: target.guest_kind for target in Target.objects.select_related("person", "guest_kind")}
    assert kinds["Amal Idrissi"] == event.guest_kinds.get()
    assert kinds["Brahim Naciri"] is None
    assert kinds["Chama Tazi"] is None


def test_who_stands_on_the_list_already_stays_as_they_are_and_who_was_dropped_comes_back(editor, event):
    row = taken(editor, event, a_list(editor, event))
    amal, brahim, _chama = Target.objects.order_by("pk")
    Target.objects.filter(pk=amal.pk).update(reasons="Une raison", version=2)
    drop_target(by=editor, at=AT, target=brahim)
    again = a_list(editor, event)
    assert again.counts == {"known": 3}
    taken(editor, event, again)
    assert Target.objects.count() == 3
    assert Target.objects.filter(dropped_at=None).count() == 3
    amal.refresh_from_db()
    assert (amal.reasons, amal.imported_list_id) == ("Une raison", row.pk)


def test_a_yes_said_twice_and_a_job_run_twice_are_one(editor, event):
    row = a_list(editor, event)
    for _ in range(2):
        confirm_guests(by=editor, at=AT, event=event, imported=row, invites=True)
    run_due_jobs()
    assert not take_guests(by=editor, at=AT, event=event, imported=fresh(row), guest_kind=None, invites=True)
    run_due_jobs()
    assert (Person.objects.count(), Target.objects.count(), Invitation.objects.count()) == (3, 3, 3)


def test_undoing_takes_off_who_is_not_invited_and_keeps_who_is(editor, event):
    row = taken(editor, event, a_list(editor, event))
    from moussem.guests.domain.invitations import invite

    invite(by=editor, at=AT, target=Target.objects.get(person__name="Amal Idrissi"))
    ask_to_undo_guests(by=editor, at=AT, event=event, imported=row)
    run_due_jobs()
    row = fresh(row)
    assert row.state == ImportState.UNDONE
    assert [target.person.name for target in Target.objects.all()] == ["Amal Idrissi"]
    assert [person.name for person in Person.objects.all()] == ["Amal Idrissi"]
    assert row.outcome["undone"]["removed"] == 2


def test_who_stood_there_before_stays_after_undoing(editor, event):
    before = a_target(editor, event, "Amal Idrissi", email="amal@atlas.example")
    row = a_list(editor, event)
    answer_doubts(by=editor, at=AT, imported=row, answers={}, rest="same")
    row = taken(editor, event, row)
    assert Target.objects.count() == 3
    ask_to_undo_guests(by=editor, at=AT, event=event, imported=row)
    run_due_jobs()
    assert list(Target.objects.all()) == [before]


def test_a_list_of_another_gathering_is_not_taken(editor, event):
    row, other = a_list(editor, event), a_gathering(editor)
    for act in (confirm_guests, ask_to_undo_guests):
        with pytest.raises(OtherGathering):
            act(by=editor, at=AT, event=other, imported=row)


def test_a_list_of_a_gathering_is_not_written_without_it(editor, event):
    with pytest.raises(NotWaiting):
        confirm_list(by=editor, at=AT, imported=a_list(editor, event))
