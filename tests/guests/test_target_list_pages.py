"""The pages of a target list: what it looks for, scores with their reasons, the four questions, proposals, and what the
person reads of it; each in words, and only for whom it is.
"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.accounts.domain.refusals import ForeignRow
from moussem.accounts.models import Promoter
from moussem.audit.models import Entry
from moussem.directory.domain.organisations import name_branches
from moussem.directory.domain.people import affiliate
from moussem.directory.domain.taxonomies import add_taxonomy
from moussem.directory.enums import OrganisationKind
from moussem.events.domain.planning import Wish
from moussem.guests.domain.criteria import Draft, add_criterion
from moussem.guests.domain.judging import answer_criteria
from moussem.guests.domain.prequalification import prequalify
from moussem.guests.domain.queries.funnel import funnel
from moussem.guests.enums import ContactOrigin, CriterionField, LegalBasis, PrequalificationQuestion, Verdict
from moussem.guests.models import Criterion, Judgement, Prequalification, Standing, Target
from tests.factories.accounts import AT, a_token, staff
from tests.factories.directory import a_person, an_organisation
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.guests.test_pages import by_link, desk, guest, of, page, sent

__all__ = ("desk",)
PRIVATE = ("Projet-secret-du-groupe", "Dit-par-telephone", "Besoin-chiffre", "Raison-de-la-liste")
FIELD = CriterionField


def a_criterion(editor, event, words=PRIVATE[0], weight=20):
    return add_criterion(by=editor, at=AT, event=event, draft=Draft(FIELD.QUESTION, weight, question=words))


def known(editor, event, name="Amal Idrissi", *, invited=True, said=Verdict.YES):
    """A guest about whom everything is known that this room keeps."""
    row = Criterion.objects.filter(event=event).first() or a_criterion(editor, event)
    aim = {
        "reasons": PRIVATE[3], "legal_basis": LegalBasis.CONSENT, "origin": ContactOrigin.DOCUMENT,
        "origin_words": "Annuaire de la profession",
    }  # fmt: skip
    target = an_invitation(editor, event, name, **aim).target if invited else a_target(editor, event, name, **aim)
    words = {row: (said, PRIVATE[1])}
    answer_criteria(by=editor, at=AT, target=target, read_version=target.version, said=words)
    asked = {PrequalificationQuestion.NEED: (Verdict.YES, PRIVATE[2])}
    prequalify(by=editor, at=AT, target=target, read_version=target.version, said=asked)
    return target


def named(html):
    """The guests of a list in their order."""
    return re.findall(r'guests/[0-9a-f-]{36}/">(Guest [A-Z])<', html)


def test_criteria_are_added_corrected_and_dropped_by_forms_alone(desk, event):
    assert "Aucun critère pour l’instant" in page(desk, of(event, "guests/criteria/"))
    fields = {"field": "organisation_kind", "values": ["client", "operator"], "weight": 40}
    said = sent(desk, of(event, "guests/criteria/new/"), 200, follow=True, **fields)
    assert "Type d’organisation : Société cliente ou Opérateur" in said.replace("Entreprise cliente", "Société cliente")
    row = Criterion.objects.get()
    address = of(event, f"guests/criteria/{row.public_id}/")
    assert 'value="40"' in page(desk, address)
    sent(desk, address, field="organisation_kind", values=["client"], weight=60, version=row.version)
    row.refresh_from_db()
    assert (row.weight, [value["key"] for value in row.values]) == (60, ["client"])
    again = sent(desk, address, 422, field="organisation_kind", values=["client"], weight=5, version=1)
    assert "poids 60" in again
    sent(desk, f"{address}drop/")
    assert not Criterion.objects.filter(dropped_at=None).exists()
    page(desk, address, 404)


@pytest.mark.parametrize("field", FIELD.values)
def test_every_field_has_a_form_that_says_what_it_asks(desk, event, field):
    assert "Poids" in page(desk, of(event, f"guests/criteria/new/?field={field}"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"field": "question", "question": "", "weight": 20}, "obligatoire"),
        ({"field": "question", "question": "Un projet ?", "weight": 0}, "supérieure ou égale à 1"),
        ({"field": "question", "question": "Un projet ?", "weight": 101}, "inférieure ou égale à 100"),
        ({"field": "question", "question": "Un projet ?", "weight": "beaucoup"}, "entier"),
        ({"field": "size", "weight": 20}, "au moins l’un des deux nombres"),
        ({"field": "size", "low": 9, "high": 3, "weight": 20}, "dépasse le plus grand"),
        ({"field": "size", "low": -4, "weight": 20}, "supérieure ou égale à 0"),
        ({"field": "role", "words": " , ,", "weight": 20}, "au moins un mot de fonction"),
        ({"field": "organisation_kind", "values": ["pirate"], "weight": 20}, "choix valide"),
        ({"field": "organisation_kind", "weight": 20}, "obligatoire"),
    ],
)
def test_a_wrong_criterion_gets_the_sentence_and_nothing_is_written(desk, event, fields, sentence):
    assert sentence in sent(desk, of(event, "guests/criteria/new/"), 422, **fields)
    assert not Criterion.objects.exists()


def test_a_contradiction_names_the_other_criterion(desk, event):
    sent(desk, of(event, "guests/criteria/new/"), field="size", low=500, weight=20)
    said = sent(desk, of(event, "guests/criteria/new/"), 422, field="size", high=100, weight=20)
    assert "à partir de 500" in said
    assert "à la fois" in said
    page(desk, of(event, "guests/criteria/new/?field=age"), 404)


def test_the_list_is_sorted_by_score_with_reasons_folded_and_by_name_if_asked(desk, editor, event):
    for name, said in (("Guest A", Verdict.NO), ("Guest B", Verdict.YES), ("Guest C", Verdict.PARTLY)):
        known(editor, event, name, said=said)
    a_target(editor, event, "Guest D")
    shown = page(desk, of(event))
    assert named(shown) == ["Guest B", "Guest C", "Guest A", "Guest D"]
    assert "rien de connu encore" in shown
    assert PRIVATE[1] in shown
    assert named(page(desk, of(event, "guests/?order=name"))) == ["Guest A", "Guest B", "Guest C", "Guest D"]


def test_the_list_is_narrowed_by_owner_and_by_the_four_questions(desk, owner, editor, event):
    known(editor, event, "Guest A")
    Target.objects.update(owner=None)
    ready = a_target(editor, event, "Guest B")
    said = dict.fromkeys(PrequalificationQuestion, (Verdict.PARTLY, ""))
    prequalify(by=editor, at=AT, target=ready, read_version=ready.version, said=said)
    refused = a_target(editor, event, "Guest C")
    no = {PrequalificationQuestion.DECIDER: (Verdict.NO, "")}
    prequalify(by=editor, at=AT, target=refused, read_version=refused.version, said=no)
    found = {asked: named(page(desk, of(event, f"guests/?asked={asked}"))) for asked in ("yes", "no", "open")}
    assert found == {"yes": ["Guest B"], "no": ["Guest C"], "open": ["Guest A"]}
    assert named(page(desk, of(event, "guests/?owner=nobody"))) == ["Guest A"]
    assert set(named(page(desk, of(event, f"guests/?owner={owner.public_id}")))) == {"Guest B", "Guest C"}
    assert named(page(desk, of(event, "guests/?owner=pas-une-clef"))) == []


def test_answers_and_questions_are_noted_and_who_saves_second_sees_both(desk, editor, event):
    a_criterion(editor, event)
    target = a_target(editor, event)
    asked = {"fit": "yes", "fit_words": "même métier", "need": "no", "need_words": "", "date": "", "decider": ""}
    said = sent(desk, guest(target, "qualify/"), 200, follow=True, version=1, **asked)
    assert "même métier" in said
    assert "non pré-qualifié" in said
    again = sent(desk, guest(target, "qualify/"), 422, version=1, **(asked | {"fit_words": "autre"}))
    assert "même métier" in again
    assert "autre" in again
    target.refresh_from_db()
    said = sent(
        desk, guest(target, "judge/"), 200, follow=True, version=target.version, c0="partly", c0_words="y pense"
    )
    assert "y pense" in said
    assert Standing.objects.get().points == 50
    late = sent(desk, guest(target, "judge/"), 422, version=1, c0="no", c0_words="plus maintenant")
    assert "y pense" in late
    assert "plus maintenant" in late
    assert "choix valide" in sent(desk, guest(target, "judge/"), 422, version=1, c0="maybe")
    assert Judgement.objects.get().answer == "partly"


def test_the_directory_proposes_with_reasons_and_a_person_chooses(desk, editor, event):
    firm = an_organisation(editor, "Maison cliente", kind=OrganisationKind.CLIENT)
    empty = an_organisation(editor, "Maison sans personne", kind=OrganisationKind.CLIENT)
    assert "Dites d’abord ce que la liste recherche" in page(desk, of(event, "guests/proposals/"))
    sent(desk, of(event, "guests/criteria/new/"), field="organisation_kind", values=["client"], weight=20)
    wished, other = a_person(editor, "Guest A"), a_person(editor, "Guest Z")
    for person, at_firm in ((wished, firm), (other, an_organisation(editor, "École", kind=OrganisationKind.SCHOOL))):
        affiliated(editor, person, at_firm)
    shown = page(desk, of(event, "guests/proposals/"))
    assert "Guest A" in shown
    assert "Guest Z" not in shown
    assert empty.name in shown
    assert "Choisissez d’abord quelqu’un" in sent(desk, of(event, "guests/proposals/"), 422)
    assert "choix valide" in sent(desk, of(event, "guests/proposals/"), 422, people=[str(other.public_id)])
    assert not Target.objects.exists()
    fields = {"people": [str(wished.public_id)], "legal_basis": "legitimate_interest"}
    sent(desk, of(event, "guests/proposals/"), **fields)
    row = Target.objects.get()
    assert (row.person, row.organisation, row.origin, row.legal_basis) == (
        wished, firm, "directory", "legitimate_interest"
    )  # fmt: skip
    assert Standing.objects.get().points == 100
    assert "Guest A" not in page(desk, of(event, "guests/proposals/"))


def affiliated(by, person, firm):
    return affiliate(by=by, at=AT, person=person, organisation=firm, role={})


def test_the_guest_reads_what_is_kept_why_and_where_from_and_objects(editor, event):
    target = known(editor, event)
    invitation = target.invitation
    visitor = Client()
    assert "Ce que nous conservons sur vous" in page(visitor, by_link(invitation))
    shown = page(visitor, by_link(invitation, "kept/"))
    for words in (*PRIVATE, "Annuaire de la profession", "Le consentement de la personne", "jamais le nombre"):
        assert words in shown, words
    assert "noindex" in shown
    said = sent(visitor, by_link(invitation, "kept/object/"), 200, follow=True, words="Merci de m’oublier")
    assert "Merci de m’oublier" in said
    for words in PRIVATE:
        assert words not in said
    assert not Prequalification.objects.exists()
    target.refresh_from_db()
    assert target.objected_at is not None


def test_opening_the_page_changes_nothing(editor, event):
    invitation = known(editor, event).invitation
    page(Client(), by_link(invitation, "kept/"))
    page(Client(), by_link(invitation, "kept/object/"), 405)
    assert Standing.objects.count() == 1
    assert not Target.objects.filter(objected_at__isnull=False).exists()


def test_the_team_reads_what_the_guest_reads_and_notes_an_objection_that_it_heard(desk, editor, event):
    target = known(editor, event, invited=False)
    shown = page(desk, guest(target, "kept/"))
    assert all(words in shown for words in PRIVATE)
    said = sent(desk, guest(target, "object/"), 200, follow=True, words="dit de vive voix")
    assert "n’y revient pas" in said
    fields = {"name": target.person.name, "organisation": target.organisation.name}
    assert "s’est opposé" in sent(desk, of(event, "guests/new/"), 422, **fields)


@pytest.mark.parametrize("role", ["fund_officer", "observer", "juror"])
def test_who_does_not_invite_reads_no_score_no_reason_and_no_answer(client, oriental, editor, event, role):
    target = known(editor, event)
    client.force_login(staff(oriental, role))
    places = (of(event), guest(target), of(event, "invitations/"), of(event, "invitations/preview/"), of(event, ""))
    shown = "".join(client.get(place).content.decode() for place in places)
    for words in PRIVATE:
        assert words not in shown, words
    for place in (of(event, "guests/criteria/"), of(event, "guests/proposals/")):
        assert client.get(place).status_code in (403, 404), place
    for place in ("kept/", "judge/", "qualify/"):
        assert client.get(guest(target, place)).status_code in (403, 404), place


def test_the_team_reads_all_of_it_at_those_same_places(desk, editor, event):
    """The control: the words stand there for whom they are."""
    target = known(editor, event)
    shown = page(desk, of(event)) + page(desk, guest(target)) + page(desk, of(event, "invitations/preview/"))
    assert all(words in shown for words in PRIVATE)


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_few_queries_however_long_the_list_is(desk, editor, event, rows):
    firm = an_organisation(editor, "Maison cliente", kind=OrganisationKind.CLIENT)
    for field, said in (
        (FIELD.ORGANISATION_KIND, {"values": ({"key": "client", "label": "client"},)}),
        (FIELD.SIZE, {"low": 100}),
        (FIELD.LANGUAGE, {"values": ({"key": "fr", "label": "fr"},)}),
    ):
        add_criterion(by=editor, at=AT, event=event, draft=Draft(field, 20, **said))
    for number in range(rows):
        known(editor, event, f"Guest {number}")
        affiliated(editor, a_person(editor, f"Proposé {number}"), firm)
    target = Target.objects.select_related("event", "invitation__link").first()
    places = (
        of(event), of(event, "guests/criteria/"), of(event, "guests/proposals/"), guest(target),
        guest(target, "judge/"), guest(target, "qualify/"), guest(target, "kept/"),
    )  # fmt: skip
    for visitor, place in (*((desk, place) for place in places), (Client(), by_link(target.invitation, "kept/"))):
        with CaptureQueriesContext(connection) as captured:
            page(visitor, place)
        assert len(captured) <= 12, (place, [query["sql"] for query in captured])


def test_the_api_tells_targets_with_their_reasons_to_who_may_invite_only(oriental, owner, rival, editor, event):
    target = known(editor, event)

    def asked(promoter, user, place="targets"):
        secret = a_token(promoter, user, at=timezone.now())[1]
        return Client().get(f"/api/v1/{place}", headers={"Authorization": f"Bearer {secret}"})

    item = asked(oriental, owner).json()["items"][0]
    assert (item["points"], item["share_judged"], item["reasons"]) == (100, 100, PRIVATE[3])
    assert (item["criteria"][0]["answer"], item["criteria"][0]["words"]) == ("yes", PRIVATE[1])
    assert asked(oriental, owner, f"targets/{target.public_id}").json() == item
    assert asked(oriental, staff(oriental, "fund_officer")).status_code == 403
    strangers = Promoter.objects.get(slug="rival")
    elsewhere = staff(strangers, "organiser")
    assert asked(strangers, elsewhere).json()["items"] == []
    assert asked(strangers, elsewhere, f"targets/{target.public_id}").status_code == 404


def test_the_room_says_which_kind_is_furthest_from_its_number_and_how_many_are_to_be_found(desk, editor):
    event = a_gathering(
        editor, seats_on_site=9, wishes=(Wish({"fr": "Dirigeants"}, 2), Wish({"fr": "Informatique"}, 4))
    )
    heads, directors = event.guest_kinds.order_by("position")
    answered(an_invitation(editor, event, "Guest A", guest_kind=heads), "on_site")
    answered(an_invitation(editor, event, "Guest B", guest_kind=directors), "on_site")
    an_invitation(editor, event, "Guest C", guest_kind=directors)
    found = funnel(editor, event)
    assert [(line.missing, line.silent, line.to_find) for line in found.lines] == [(1, 0, 1), (3, 1, 2)]
    assert found.furthest.label == "Informatique"
    shown = page(desk, of(event))
    assert "« Informatique » est le plus loin de son nombre, 1 sur 4" in shown
    assert "il en manque 2 à trouver" in shown


def test_no_balance_is_told_of_a_single_kind(editor, event):
    an_invitation(editor, event, guest_kind=event.guest_kinds.get())
    assert funnel(editor, event).furthest is None


def test_branches_of_an_organisation_are_named_by_editors_and_told_once(editor, rival):
    firm = an_organisation(editor)
    branch = add_taxonomy(
        by=editor, at=AT, key="t", name={"fr": "t"}, branches=[("ITO", {"fr": "Info"})]
    ).branches.get()
    name_branches(by=editor, at=AT, organisation=firm, branches=[branch])
    name_branches(by=editor, at=AT, organisation=firm, branches=[branch])
    assert list(firm.branches.all()) == [branch]
    assert Entry.objects.filter(verb="name_branches").count() == 1
    with pytest.raises(ForeignRow):
        name_branches(by=rival, at=AT, organisation=firm, branches=[])
