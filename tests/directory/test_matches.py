"""Rows that may be one: proposed with reasons, decided by a person, undone, and decided once by two."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core import panels
from moussem.core.actor import task_actor
from moussem.core.ids import uuid7
from moussem.core.jobs import runner_for
from moussem.core.models import Job
from moussem.directory.domain.duplicates import propose_duplicates
from moussem.directory.domain.likeness import NamedRow, alike
from moussem.directory.domain.matches import AlreadyDecided, NotAPair, decide_match, propose_match, reopen_match
from moussem.directory.enums import FIND_DUPLICATES, MatchState
from moussem.directory.models import Organisation, OrganisationMatch, PersonMatch
from moussem.evidence.domain.subjects import CannotMerge
from moussem.evidence.models import Subject
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_person, an_organisation

REASONS = {"fr": "Même ville, même mois.", "en": "Same city, same month."}


@pytest.fixture
def pair(editor):
    left = an_organisation(editor, "firm-1", named=False, description={"fr": "Une entreprise de 2019"})
    return propose_match(by=editor, at=AT, left=left, right=an_organisation(editor), reasons=REASONS)


def names(rows):
    return [(one.left, one.right, one.score) for one in alike(rows)]


def test_names_that_differ_in_accents_and_legal_form_are_alike():
    assert names([NamedRow(1, ("Éca Groupe",)), NamedRow(2, ("ECA SARL",))]) == [(2, 1, 100)]


def test_a_misspelt_name_is_proposed_and_a_merely_similar_one_is_not():
    assert (
        len(names([NamedRow(1, ("Notoriety",)), NamedRow(2, ("Notoriéty Maroc",)), NamedRow(3, ("Notorietty",))])) == 1
    )
    assert names([NamedRow(1, ("Fès Shore",)), NamedRow(2, ("Oujda Shore",))]) == []


def test_an_acronym_is_proposed_for_the_words_it_stands_for():
    rows = [NamedRow(1, ("Centre régional d’investissement",)), NamedRow(2, ("CRI",))]
    assert [(one.left, one.right, one.by_acronym) for one in alike(rows)] == [(2, 1, True)]


def test_another_name_is_compared_as_well():
    rows = [
        NamedRow(1, ("Saccom", "Société africaine de communication")),
        NamedRow(2, ("Societe Africaine de Communication",)),
    ]
    assert names(rows) == [(2, 1, 100)]


def test_background_work_proposes_once_and_decides_nothing(editor, oriental):
    an_organisation(editor, "Notoriety")
    an_organisation(editor, "Notorietty")
    a_person(editor, "Karim Bernoussi")
    a_person(editor, "Bernoussi Karim")
    runner_for(FIND_DUPLICATES)(promoter=oriental.key)
    runner_for(FIND_DUPLICATES)(promoter=oriental.key)
    assert OrganisationMatch.objects.get().state == MatchState.PROPOSED
    assert PersonMatch.objects.get().score == 100
    assert not Organisation.objects.exclude(canonical=None).exists()
    task = task_actor("x", promoter_pk=oriental.pk, promoter_key=oriental.key)
    with pytest.raises(NotAllowed):
        decide_match(by=task, at=AT, match=OrganisationMatch.objects.get(), same=True)


def test_mother_and_daughter_of_one_name_and_decided_pairs_are_not_proposed(editor):
    mother = an_organisation(editor, "Intelcia")
    an_organisation(editor, "INTELCIA SA", parent=mother)
    assert propose_duplicates(by=editor, at=AT) == 0


def test_other_promoters_rows_are_no_duplicates(editor, rival):
    an_organisation(editor, "Intelcia")
    an_organisation(rival, "Intelcia")
    assert propose_duplicates(by=editor, at=AT) == 0


def test_the_same_pair_the_other_way_round_is_the_same_proposal(pair, editor):
    again = propose_match(by=editor, at=AT, left=pair.right, right=pair.left, reasons=REASONS)
    assert again == pair
    with pytest.raises(NotAPair):
        propose_match(by=editor, at=AT, left=pair.left, right=pair.left, reasons=REASONS)
    with pytest.raises(NotAPair):
        propose_match(by=editor, at=AT, left=pair.left, right=a_person(editor), reasons=REASONS)


def test_a_merge_sets_the_canonical_row_and_an_undo_clears_it(pair, editor):
    decide_match(by=editor, at=AT, match=pair, same=True)
    left = Organisation.objects.select_related("subject").get(pk=pair.left_id)
    assert (left.canonical_id, left.subject.canonical_id) == (pair.right_id, pair.right.subject_id)
    reopen_match(by=editor, at=AT, match=pair)
    left = Organisation.objects.select_related("subject").get(pk=pair.left_id)
    assert (left.canonical_id, left.subject.canonical_id) == (None, None)
    verbs = Entry.objects.filter(object_id=str(pair.public_id)).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["propose_match", "decide_match", "reopen_match"]


def test_two_that_are_not_the_same_stay_two(pair, editor):
    decide_match(by=editor, at=AT, match=pair, same=False)
    assert not Subject.objects.exclude(canonical=None).exists()
    with pytest.raises(AlreadyDecided):
        decide_match(by=editor, at=AT, match=pair, same=True)


def test_people_are_merged_and_undone_as_well(editor):
    left, right = a_person(editor, "K. Bernoussi"), a_person(editor, "Karim Bernoussi")
    match = propose_match(by=editor, at=AT, left=left, right=right, reasons=REASONS)
    decide_match(by=editor, at=AT, match=match, same=True)
    left.refresh_from_db()
    assert left.canonical == right
    reopen_match(by=editor, at=AT, match=match)
    left.refresh_from_db()
    assert left.canonical is None


def test_chains_and_circles_of_merges_are_refused(pair, editor):
    third = an_organisation(editor, "Troisième")
    back = propose_match(by=editor, at=AT, left=pair.right, right=third, reasons=REASONS)
    decide_match(by=editor, at=AT, match=pair, same=True)
    with pytest.raises(CannotMerge):
        decide_match(by=editor, at=AT, match=back, same=True)
    assert OrganisationMatch.objects.get(pk=back.pk).state == MatchState.PROPOSED


def test_a_rival_decides_nothing_here(pair, rival):
    with pytest.raises(ForeignRow):
        decide_match(by=rival, at=AT, match=pair, same=True)


def decided_by_two(decide, match, actors):
    """Two people who both read the match while it waited decide it at the same moment; how many had an effect."""
    ready, effects = threading.Barrier(2), []

    def one(actor, same):
        mine = OrganisationMatch.objects.select_related("left__subject", "right__subject").get(pk=match.pk)
        ready.wait()
        try:
            decide(by=actor, at=AT, match=mine, same=same)
            effects.append(same)
        except AlreadyDecided:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in zip(actors, (True, False), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return effects


def naive_decision(*, by, at, match, same):
    """What one would write first: look at the row that was read, then save it."""
    if match.state != MatchState.PROPOSED:
        raise AlreadyDecided(match)
    match.state = MatchState.MERGED if same else MatchState.APART
    match.save()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("times", range(3))
def test_two_who_decide_at_once_have_one_effect(times):
    by = at_work(a_promoter("oriental"), "organiser")
    left, right = an_organisation(by, "Une"), an_organisation(by, "Autre")
    match = propose_match(by=by, at=AT, left=left, right=right, reasons=REASONS)
    effects = decided_by_two(decide_match, match, (by, by))
    match.refresh_from_db()
    left.refresh_from_db()
    assert len(effects) == 1
    assert match.state == (MatchState.MERGED if effects[0] else MatchState.APART)
    assert (left.canonical_id == right.pk) is effects[0]


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_trusts_what_was_read_has_two_effects():
    by = at_work(a_promoter("oriental"), "organiser")
    left, right = an_organisation(by, "Une"), an_organisation(by, "Autre")
    match = propose_match(by=by, at=AT, left=left, right=right, reasons=REASONS)
    assert len(decided_by_two(naive_decision, match, (by, by))) == 2


def test_the_page_shows_reasons_and_the_effect_before_deciding_and_undoes(client, oriental, pair, monkeypatch):
    effect = panels.Panel("directory.match", "core/pieces/empty.html", lambda actor, row: {"n": 1})
    monkeypatch.setattr(panels, "_panels", [effect])
    client.force_login(staff(oriental, "organiser"))
    shown = client.get("/p/oriental/matches/").content.decode()
    assert "Même ville, même mois." in shown
    assert "Une entreprise de 2019" in shown
    assert shown.index("m-empty") < shown.index("C’est la même")
    address = f"/p/oriental/matches/{pair.public_id}/decide/"
    client.post(address, {"nonce": str(uuid7()), "answer": "same"})
    pair.refresh_from_db()
    assert pair.state == MatchState.MERGED
    assert "Annuler" in client.get("/p/oriental/matches/").content.decode()
    late = client.post(address, {"nonce": str(uuid7()), "answer": "apart"}, follow=True).content.decode()
    assert "en a décidé entre-temps" in late
    client.post(address, {"nonce": str(uuid7()), "answer": "open"})
    pair.refresh_from_db()
    assert pair.state == MatchState.PROPOSED


def test_a_merged_organisation_says_what_stands_for_it_and_leaves_the_list(client, pair, editor):
    decide_match(by=editor, at=AT, match=pair, same=True)
    page = client.get(f"/fr/organisations/{pair.left.public_id}/").content.decode()
    assert f"/fr/organisations/{pair.right.public_id}/" in page
    listed = client.get("/fr/organisations/").content.decode()
    assert str(pair.left.public_id) not in listed
    assert str(pair.right.public_id) in listed


def test_an_observer_sees_matches_and_decides_none(client, oriental, pair):
    client.force_login(staff(oriental, "observer"))
    assert "C’est la même" not in client.get("/p/oriental/matches/").content.decode()
    answer = client.post(f"/p/oriental/matches/{pair.public_id}/decide/", {"nonce": str(uuid7()), "answer": "same"})
    assert answer.status_code == 403


def test_another_promoter_s_match_is_not_there(client, pair):
    client.force_login(staff(a_promoter("rival"), "organiser"))
    assert "Même ville" not in client.get("/p/rival/matches/").content.decode()
    address = f"/p/rival/matches/{pair.public_id}/decide/"
    assert client.post(address, {"nonce": str(uuid7()), "answer": "same"}).status_code == 404


def test_asking_for_duplicates_is_work_for_the_worker(client, oriental):
    client.force_login(staff(oriental, "organiser"))
    client.post("/p/oriental/matches/search/", {"nonce": str(uuid7())})
    assert Job.objects.get(name=FIND_DUPLICATES).arguments == {"promoter": oriental.key}


def test_the_page_of_matches_asks_as_often_for_three_as_for_one(client, oriental, editor):
    client.force_login(staff(oriental, "organiser"))

    def add(n):
        left, right = an_organisation(editor, f"Une {n}"), an_organisation(editor, f"Autre {n}")
        propose_match(by=editor, at=AT, left=left, right=right, reasons=REASONS)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/p/oriental/matches/")
        return sum("directory_" in query["sql"] for query in captured)

    add(1)
    one = asked()
    add(2)
    add(3)
    assert (one, asked()) == (4, 4)
