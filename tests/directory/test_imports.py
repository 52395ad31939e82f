"""Lists from files: looked at before anything is written, written as a whole, undone as a whole."""

from datetime import timedelta

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.models import Job
from moussem.core.queue import run_due_jobs
from moussem.directory.domain.imports.deciding import (
    KEPT,
    DoubtsOpen,
    NobodyNamed,
    NothingToImport,
    NotWaiting,
    RowsWrong,
    answer_doubts,
    ask_to_undo,
    confirm_list,
    correct_columns,
    drop_forgotten,
    drop_list,
)
from moussem.directory.domain.imports.reading import read_list
from moussem.directory.domain.imports.writing import write_list
from moussem.directory.domain.people import Contact, affiliate, correct_person, record_consent, record_contact
from moussem.directory.enums import ConsentPurpose, ImportState
from moussem.directory.models import Affiliation, ImportedList, ImportedRows, Organisation, Person, RememberedHeading
from moussem.evidence.models import Subject
from tests.directory.listing import a_list, faults, fresh, rows_of, verdicts, written
from tests.factories.accounts import AT, at_work
from tests.factories.directory import a_person, an_organisation
from tests.factories.sheets import GUESTS, HEADINGS, Fault, Formula, a_workbook, sheet_xml, text, xlsx


def known(by, name="Amal Idrissi", firm="Atlas Conseil", email=""):
    """Somebody who stands in the directory already."""
    person = a_person(by, name, publish=False)
    if firm:
        place = Organisation.objects.filter(name=firm).first() or an_organisation(by, firm, publish=False)
        affiliate(by=by, at=AT, person=person, organisation=place, role={})
    if email:
        Person.objects.filter(pk=person.pk).update(email=email)
    return person


def written_of(by, row):
    return [(one["person"], one.get("made", False)) for one in rows_of(written(by, row))]


def undone(by, row):
    ask_to_undo(by=by, at=AT, imported=row)
    run_due_jobs()
    return fresh(row)


def test_nothing_is_written_before_yes(editor):
    row = a_list(editor)
    assert row.state == ImportState.READY
    assert row.counts == {"new": 3}
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
    assert not Affiliation.objects.exists()


def test_a_yes_brings_people_with_their_organisations_and_where_that_was_learned(editor):
    row = written(editor, a_list(editor))
    assert row.state == ImportState.WRITTEN
    person = Person.objects.get(name="Amal Idrissi")
    assert (person.email, person.phone) == ("amal@atlas.example", "+212 661 00 00 01")
    assert person.contact_source == "invités.xlsx"
    tie = person.affiliations.get()
    assert (tie.organisation.name, tie.role) == (
        "Atlas Conseil",
        {"fr": "Directrice générale", "en": "Directrice générale"},
    )
    assert person.subject.public_id == person.public_id
    assert person.subject.label["fr"] == "Amal Idrissi"
    assert not person.is_published
    assert row.outcome["people"] == 3
    assert row.outcome["organisations"] == 3
    assert Person.objects.filter(folded__holds="brahim").count() == 1


def test_one_line_of_the_ledger_tells_of_the_whole_list(editor):
    row = written(editor, a_list(editor))
    told = Entry.objects.filter(object_kind="imported_list", object_id=str(row.public_id)).order_by("pk")
    assert [entry.verb for entry in told] == ["open_list", "confirm_list", "write_list"]
    assert told[2].payload.after["people"] == 3
    assert told[2].payload.after["sha256"] == row.file.sha256
    assert not Entry.objects.filter(object_kind="person").exists()


def test_the_same_firm_in_many_rows_is_one_organisation(editor):
    rows = [(f"Guest {n}", "Atlas Conseil" if n % 2 else "ATLAS  conseil", "", "", "") for n in range(6)]
    written(editor, a_list(editor, a_workbook(rows)))
    assert Organisation.objects.count() == 1
    assert Affiliation.objects.count() == 6


@pytest.mark.parametrize("by_acronym", [False, True])
def test_a_firm_of_the_directory_is_taken_by_its_names(editor, by_acronym):
    facts = {"acronym": "ATC"} if by_acronym else {"aliases": ("Atlas Conseil",)}
    firm = an_organisation(editor, "Atlas Conseil et Services", **facts)
    rows = [("Amal Idrissi", "atc" if by_acronym else "ATLAS CONSEIL", "", "", "")]
    written(editor, a_list(editor, a_workbook(rows)))
    assert Affiliation.objects.get().organisation == firm


@pytest.mark.parametrize(
    ("there", "verdict", "why"),
    [
        ({"email": "AMAL@atlas.example", "firm": ""}, "known", "email"),
        ({"email": "amal@atlas.example", "name": "Idrissi A."}, "known", "email"),
        ({"email": "amal@atlas.example", "name": "Zineb Ouazzani"}, "doubtful", "email_other_name"),
        ({}, "known", "name_and_firm"),
        ({"email": "amal@ailleurs.example"}, "doubtful", "name_other_email"),
        ({"firm": ""}, "doubtful", "name"),
        ({"firm": "Autre maison"}, "doubtful", "name"),
        ({"name": "Idrissi Amal"}, "doubtful", "alike"),
        ({"name": "Amal Idrisi"}, "doubtful", "alike"),
        ({"name": "Amal Idrisi", "firm": "Autre maison"}, "new", ""),
        ({"name": "Amina Idrissi Alaoui"}, "new", ""),
    ],
)
def test_a_row_is_new_known_or_doubtful_with_the_match_and_the_reason(editor, there, verdict, why):
    person = known(editor, **there)
    row = rows_of(a_list(editor))[0]
    assert (row["verdict"], row["why"]) == (verdict, why)
    assert row["person"] == (person.pk if verdict != "new" else None)


def test_who_was_merged_is_who_stands_for_them(editor):
    one, other = known(editor), known(editor, firm="", email="amal@atlas.example")
    Person.objects.filter(pk=other.pk).update(canonical=one)
    assert rows_of(a_list(editor))[0]["person"] == one.pk


def test_another_promoters_people_are_not_known(editor, rival):
    known(rival, email="amal@atlas.example")
    assert set(verdicts(a_list(editor)).values()) == {"new"}


def test_of_somebody_known_only_what_is_missing_is_added(editor):
    person = known(editor)
    row = written(editor, a_list(editor))
    person.refresh_from_db()
    assert (person.email, person.phone, person.contact_source) == (
        "amal@atlas.example", "+212 661 00 00 01", "invités.xlsx",
    )  # fmt: skip
    assert Affiliation.objects.filter(person=person).count() == 1
    assert (row.outcome["people"], row.outcome["known"], row.outcome["completed"]) == (2, 1, 1)


def test_what_the_directory_says_otherwise_stays_and_so_does_a_colleagues_contact(editor, oriental):
    from tests.factories.accounts import staff

    person = known(editor, email="amal@atlas.example")
    Person.objects.filter(pk=person.pk).update(phone="0522")
    other = known(editor, "Brahim Naciri", "Rif Services")
    Person.objects.filter(pk=other.pk).update(owner=staff(oriental, "organiser"))
    written(editor, a_list(editor))
    person.refresh_from_db()
    other.refresh_from_db()
    assert person.phone == "0522"
    assert (other.email, other.phone) == ("", "")


def test_doubtful_rows_wait_for_an_answer(editor):
    person = known(editor, firm="")
    row = a_list(editor)
    with pytest.raises(DoubtsOpen) as doubts:
        confirm_list(by=editor, at=AT, imported=row)
    assert doubts.value.count == 1
    answer_doubts(by=editor, at=AT, imported=row, answers={(0, 2): "same"})
    assert written_of(editor, row)[0] == (person.pk, False)
    assert Person.objects.count() == 3
    assert person.affiliations.get().organisation.name == "Atlas Conseil"


def test_a_doubtful_row_may_be_somebody_new(editor):
    known(editor, firm="")
    row = a_list(editor)
    answer_doubts(by=editor, at=AT, imported=row, answers={}, rest="new")
    written(editor, row)
    assert Person.objects.filter(name="Amal Idrissi").count() == 2


def test_wrong_rows_are_named_and_left_out_only_where_somebody_says_so(editor):
    row = a_list(editor, a_workbook([*GUESTS, ("Driss", "Maison", "", "pas une adresse", "")]))
    assert faults(row) == [(5, "email", "email")]
    with pytest.raises(RowsWrong) as wrong:
        confirm_list(by=editor, at=AT, imported=row)
    assert wrong.value.count == 1
    assert written(editor, row, leave_out=True).outcome["left_out"] == 1
    assert Person.objects.count() == 3


def test_a_list_of_wrong_rows_only_is_not_imported(editor):
    row = a_list(editor, a_workbook([("", "Maison", "", "", "")]))
    with pytest.raises(NothingToImport):
        confirm_list(by=editor, at=AT, imported=row, leave_out=True)


def test_each_wrong_cell_is_named_by_row_and_column(editor):
    rows = [
        ("=1+1", "A", "", "", ""), (Formula("A1"), "B", "", "", ""), (Fault("#N/A"), "C", "", "", ""),
        ("D", "D", "", "d@d.ma", ""), ("E", "E", "", "D@d.ma", ""), ("F", "F", "", "", ""), ("f", "f", "", "", ""),
        ("G", "G", "", "", "NaN"), ("H", "H", "", "", ""), (None, "H", "", "", ""),
    ]  # fmt: skip
    row = a_list(editor, a_workbook(rows, merged=["A10:A11"]))
    assert faults(row) == [
        (2, "name", "formula"), (3, "name", "no_value"), (4, "name", "error"), (6, "email", "repeated_email"),
        (8, "name", "repeated_person"), (9, "phone", "no_number"), (10, "name", "merged"), (11, "name", "missing"),
    ]  # fmt: skip


def test_two_rows_that_are_one_known_person_are_one_too_many(editor):
    known(editor, email="amal@atlas.example")
    rows = [("Amal Idrissi", "Atlas Conseil", "", "", ""), ("A. Idrissi", "", "", "amal@atlas.example", "")]
    assert faults(a_list(editor, a_workbook(rows))) == [(3, "name", "repeated_person")]


def test_several_organisations_of_one_name_are_for_a_person_to_decide(editor):
    for _ in range(2):
        an_organisation(editor, "Atlas Conseil")
    assert faults(a_list(editor))[0] == (2, "organisation", "several_firms")


def test_sheets_that_name_nobody_are_passed_over_and_told(editor):
    notes = sheet_xml([("Remarques",), ("Rien",)])
    row = a_list(
        editor,
        xlsx(
            ("Notes", notes), ("Un", sheet_xml([HEADINGS, *GUESTS[:1]])), ("Deux", sheet_xml([HEADINGS, *GUESTS[1:]]))
        ),
    )
    assert [(sheet["name"], sheet["read"], sheet["rows"]) for sheet in row.sheets] == [
        ("Notes", False, 0), ("Un", True, 1), ("Deux", True, 2),
    ]  # fmt: skip
    assert [one["sheet"] for one in rows_of(row)] == [1, 2, 2]


def test_columns_may_be_said_otherwise_and_that_is_remembered(editor, rival):
    content = text([("Interlocuteur", "Fonction"), ("Amal Idrissi", "Atlas Conseil")])
    row = a_list(editor, content, "liste.csv")
    assert (row.state, row.counts) == (ImportState.READY, {})
    with pytest.raises(NobodyNamed):
        correct_columns(by=editor, at=AT, imported=row, chosen={0: ["", "role"]})
    correct_columns(by=editor, at=AT, imported=row, chosen={0: ["name", "organisation"]})
    run_due_jobs()
    assert [(one["name"], one["organisation"]) for one in rows_of(fresh(row))] == [("Amal Idrissi", "Atlas Conseil")]
    again = a_list(editor, content, "encore.csv")
    assert again.counts == {"new": 1}
    assert a_list(rival, content).counts == {}
    assert RememberedHeading.objects.count() == 2


def test_a_file_without_headings_asks_which_column_holds_the_names(editor):
    row = a_list(editor, text([("Amal Idrissi", "amal@atlas.example"), ("Brahim", "b@rif.example")]), "liste.csv")
    assert [column["column"] for column in row.sheets[0]["columns"]] == ["", "email"]
    correct_columns(by=editor, at=AT, imported=row, chosen={0: ["name", "email"]})
    run_due_jobs()
    assert fresh(row).counts == {"new": 2}


@pytest.mark.parametrize(("rows", "state"), [(3, ImportState.READY), (2, ImportState.REFUSED)])
def test_the_most_rows_are_a_setting_and_included(editor, settings, rows, state):
    settings.IMPORT_ROWS = rows
    row = a_list(editor)
    assert row.state == state
    if state == ImportState.REFUSED:
        assert (row.refusal["code"], row.refusal["sheet"], row.refusal["row"]) == ("rows", "Invités", 4)
        assert not ImportedRows.objects.exists()


def test_a_yes_said_twice_is_said_once(editor):
    row = a_list(editor)
    for _ in range(2):
        confirm_list(by=editor, at=AT, imported=row)
    run_due_jobs()
    confirm_list(by=editor, at=AT, imported=row)
    run_due_jobs()
    assert Person.objects.count() == 3
    assert Job.objects.filter(name="directory.write_list").count() == 1


def test_a_job_that_runs_twice_writes_once(editor):
    row = a_list(editor)
    confirm_list(by=editor, at=AT, imported=row)
    assert write_list(by=editor, at=AT, imported=row)
    assert not write_list(by=editor, at=AT, imported=fresh(row))
    assert read_list(by=editor, at=AT, imported=fresh(row)).state == ImportState.WRITTEN
    assert Person.objects.count() == 3


def test_what_changed_since_the_preview_is_shown_before_it_is_written(editor):
    row = a_list(editor)
    confirm_list(by=editor, at=AT, imported=row)
    known(editor, firm="")
    run_due_jobs()
    row = fresh(row)
    assert (row.state, row.outcome, row.counts) == (ImportState.READY, {"changed": 1}, {"doubtful": 1, "new": 2})
    assert Person.objects.count() == 1
    answer_doubts(by=editor, at=AT, imported=row, answers={}, rest="same")
    assert written(editor, row).outcome["people"] == 2


def test_what_changed_elsewhere_in_the_directory_stops_nothing(editor):
    row = a_list(editor)
    confirm_list(by=editor, at=AT, imported=row)
    known(editor, "Somebody Else", "Other")
    run_due_jobs()
    assert fresh(row).state == ImportState.WRITTEN


def test_a_dropped_list_leaves_nothing(editor):
    row = a_list(editor)
    drop_list(by=editor, at=AT, imported=row)
    drop_list(by=editor, at=AT, imported=row)
    assert fresh(row).state == ImportState.DROPPED
    assert not ImportedRows.objects.exists()
    with pytest.raises(NotWaiting):
        confirm_list(by=editor, at=AT, imported=row)


def test_a_list_that_nobody_answers_is_dropped_after_thirty_days(editor):
    waiting, done = a_list(editor), written(editor, a_list(editor, a_workbook([("Driss Alami", "", "", "", "")])))
    assert drop_forgotten(at=AT + KEPT) == 0
    assert drop_forgotten(at=AT + KEPT + timedelta(seconds=1)) == 1
    assert (fresh(waiting).state, fresh(done).state) == (ImportState.DROPPED, ImportState.WRITTEN)
    assert rows_of(waiting) == []
    assert len(rows_of(done)) == 1


def test_undoing_removes_all_that_the_list_brought(editor):
    person = known(editor)
    before = Subject.objects.count(), Person.objects.count(), Organisation.objects.count(), Affiliation.objects.count()
    row = undone(editor, written(editor, a_list(editor)))
    assert row.state == ImportState.UNDONE
    assert row.outcome["undone"] == {
        "removed": 2,
        "kept": 0,
        "emptied": 1,
        "organisations_removed": 2,
        "organisations_kept": 0,
    }
    after = Subject.objects.count(), Person.objects.count(), Organisation.objects.count(), Affiliation.objects.count()
    assert after == before
    person.refresh_from_db()
    assert (person.email, person.phone, person.contact_source) == ("", "", "")


def test_who_was_worked_with_meanwhile_stays_with_their_organisation(editor):
    rows = [*GUESTS, ("Driss Alami", "Doukkala", "", "", ""), ("Elias Berrada", "Sous", "", "", "")]
    row = written(editor, a_list(editor, a_workbook(rows)))
    amal, brahim, chama, driss = (Person.objects.get(name=one[0]) for one in rows[:4])
    correct_person(by=editor, at=AT, person=amal, read_version=1, name="Amal El Idrissi")
    record_consent(
        by=editor, at=AT, person=brahim, purpose=ConsentPurpose.NEWSLETTER, given=True, said_at=AT, proof="x"
    )
    affiliate(by=editor, at=AT, person=chama, organisation=an_organisation(editor, "Ailleurs"), role={})
    Subject.objects.filter(pk=driss.subject_id).update(version=2)
    row = undone(editor, row)
    assert set(Person.objects.values_list("name", flat=True)) == {
        "Amal El Idrissi", "Brahim Naciri", "Chama Tazi", "Driss Alami",
    }  # fmt: skip
    assert row.outcome["undone"]["kept"] == 4
    assert row.outcome["undone"]["removed"] == 1
    assert [one.get("kept") for one in rows_of(row)] == [True, True, True, True, False]
    assert Affiliation.objects.filter(person=amal, organisation__name="Atlas Conseil").exists()
    assert not Organisation.objects.filter(name="Sous").exists()


def test_what_was_filled_in_and_then_changed_stays(editor):
    person = known(editor)
    row = written(editor, a_list(editor))
    person.refresh_from_db()
    mine = Contact(email="amal@nouveau.example", source="elle-même")
    from moussem.core.actor import task_actor

    by = task_actor("tests", promoter_pk=editor.promoter_pk, promoter_key=editor.promoter_key)
    record_contact(by=by, at=AT, person=person, read_version=person.version, contact=mine)
    undone(editor, row)
    person.refresh_from_db()
    assert person.email == "amal@nouveau.example"


def test_undoing_twice_undoes_once(editor):
    row = written(editor, a_list(editor))
    row = undone(editor, row)
    again = a_list(editor)
    written(editor, again)
    assert undone(editor, row).state == ImportState.UNDONE
    assert Person.objects.count() == 3


def test_only_editors_of_the_promoter_import(editor, oriental, rival):
    with pytest.raises(NotAllowed):
        a_list(at_work(oriental, "fund_officer"))
    row = a_list(editor)
    for act in (confirm_list, drop_list, ask_to_undo):
        with pytest.raises(ForeignRow):
            act(by=rival, at=AT, imported=row)


def test_a_list_is_seen_by_who_dropped_it_and_the_administrator(editor, oriental):
    from moussem.accounts.domain.queries.actors import actor_of_user
    from tests.factories.accounts import staff

    mine = actor_of_user(staff(oriental, "organiser"), oriental)
    colleague = actor_of_user(staff(oriental, "account_owner"), oriental)
    administrator = actor_of_user(staff(oriental, "promoter_administrator"), oriental)
    row = a_list(mine)
    seen = [
        ImportedList.objects.visible_to(actor).filter(pk=row.pk).exists() for actor in (mine, colleague, administrator)
    ]
    assert seen == [True, False, True]
    assert Person.objects.count() == 0
    written(mine, row)
    assert Person.objects.first().owner == row.owner
