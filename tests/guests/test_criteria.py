"""What a target list looks for, how its targets stand, the four questions: the verbs, their refusals and their rows."""

import threading

import pytest

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.memberships import admit_member
from moussem.directory.domain.organisations import establish, name_branches
from moussem.directory.domain.people import Contact, affiliate, record_contact
from moussem.directory.domain.taxonomies import add_taxonomy
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.engines.targeting.criterion import EndsCrossed, NothingWanted, WeightOutOfBounds
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.figures import FigureFacts, record_figure
from moussem.evidence.enums import Kind, SubjectRole
from moussem.guests.domain.criteria import (
    CriteriaContradict,
    CriterionTwice,
    Draft,
    TooManyCriteria,
    TooManyValues,
    add_criterion,
    correct_criterion,
    drop_criterion,
)
from moussem.guests.domain.judging import OtherList, answer_criteria, judge_list, judge_lists_everywhere
from moussem.guests.domain.prequalification import prequalify
from moussem.guests.domain.targets import drop_target
from moussem.guests.enums import CriterionField, PrequalificationQuestion, Verdict
from moussem.guests.models import Criterion, Judgement, Prequalification, Standing
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.directory import a_place, an_organisation
from tests.factories.guests import a_target, an_invitation, answered
from tests.guests.conftest import a_gathering
from tests.racing import at_once

FIELD = CriterionField


def looks_for(by, event, field, weight=20, **said):
    return add_criterion(by=by, at=AT, event=event, draft=Draft(field, weight, **said))


def any_of(*keys, **more):
    return tuple({"key": key, "label": key, **more} for key in keys)


def asks(by, event, words="Told us of a project", weight=20):
    return looks_for(by, event, FIELD.QUESTION, weight, question=words)


def stands(target):
    """Points, share and the answers in the order of the criteria; None where the target stands nowhere."""
    row = Standing.objects.filter(target=target).first()
    return row and (row.points, row.share, [line["answer"] for line in row.assessment])


def only_answer(target):
    return stands(target)[2][0]


def test_a_list_without_criteria_scores_nobody(editor, event):
    target = a_target(editor, event)
    assert judge_list(by=editor, at=AT, event=event) == 0
    assert stands(target) is None


def test_a_criterion_lets_everybody_stand_and_dropping_the_last_one_nobody(editor, event):
    target = a_target(editor, event)
    row = looks_for(editor, event, FIELD.ORGANISATION_KIND, values=any_of("client"))
    target.organisation.refresh_from_db()
    assert target.organisation.kind != OrganisationKind.CLIENT
    assert stands(target) == (0, 100, ["no"])
    correct_criterion(
        by=editor, at=AT, criterion=row, read_version=row.version,
        draft=Draft(FIELD.ORGANISATION_KIND, 20, any_of(target.organisation.kind)),
    )  # fmt: skip
    assert stands(target) == (100, 100, ["yes"])
    drop_criterion(by=editor, at=AT, criterion=row)
    assert stands(target) is None
    assert not Standing.objects.exists()


def test_who_is_put_on_the_list_stands_at_once_and_who_is_taken_off_stands_nowhere(editor, event):
    looks_for(editor, event, FIELD.LANGUAGE, values=any_of("fr"))
    target = a_target(editor, event, email="a@t.example")
    target.person.refresh_from_db()
    assert stands(target) == (None, 0, ["cannot_say"])
    contact = Contact(email="a@t.example", language="fr", source="carte")
    record_contact(by=editor, at=AT, person=target.person, read_version=target.person.version, contact=contact)
    assert judge_lists_everywhere(at=AT) == 1
    assert stands(target) == (100, 100, ["yes"])
    assert judge_lists_everywhere(at=AT) == 0
    drop_target(by=editor, at=AT, target=target)
    assert stands(target) is None


def test_a_line_of_business_that_nobody_states_is_no_no_and_the_parent_s_is_partly(editor, event):
    taxonomy = add_taxonomy(by=editor, at=AT, key="t", name={"fr": "t"}, branches=[("ITO", {"fr": "Info"}), ("X", {})])
    ito, other = taxonomy.branches.order_by("pk")
    target = a_target(editor, event)
    looks_for(editor, event, FIELD.BRANCH, values=any_of("ITO"))
    assert only_answer(target) == "cannot_say"
    firm = target.organisation
    firm.parent = an_organisation(editor, "Groupe")
    firm.save()
    name_branches(by=editor, at=AT, organisation=firm.parent, branches=[ito])
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "partly"
    name_branches(by=editor, at=AT, organisation=firm, branches=[other])
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "partly"
    name_branches(by=editor, at=AT, organisation=firm, branches=[ito, other])
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "yes"


def sized(by, firm, value, kind=Kind.REPORTED, also=(), bound=Bound.EQUAL):
    facts = FigureFacts(measure=Measure.EMPLOYEES, value=value, unit=Unit.PEOPLE, kind=kind, bound=bound)
    subjects = [(SubjectRole.HOLDER, one.subject) for one in (firm, *also)]
    return record_figure(by=by, at=AT, facts=facts, subjects=subjects)


def test_a_size_comes_from_the_firm_s_own_figure_and_never_from_a_joint_one(editor, event):
    target = a_target(editor, event)
    looks_for(editor, event, FIELD.SIZE, low=250)
    sized(editor, target.organisation, 900, also=[an_organisation(editor, "Autre")])
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "cannot_say"
    sized(editor, target.organisation, 249)
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "partly"
    sized(editor, target.organisation, 250)
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "yes"


def test_the_place_looked_for_is_a_town_its_country_is_partly_and_where_else_a_firm_is_may_be_unknown(editor, event):
    morocco = a_place(editor, "Maroc", PlaceKind.COUNTRY)
    oujda, fes = a_place(editor, "Oujda", within=morocco), a_place(editor, "Fès", within=morocco)
    lyon = a_place(editor, "Lyon", within=a_place(editor, "France", PlaceKind.COUNTRY))
    target = a_target(editor, event)
    here = any_of(str(oujda.public_id), country=str(morocco.public_id))
    looks_for(editor, event, FIELD.SEAT, values=here)
    looks_for(editor, event, FIELD.PRESENCE, values=here)
    assert stands(target)[2] == ["cannot_say", "cannot_say"]
    target.organisation.place = lyon
    target.organisation.save()
    judge_list(by=editor, at=AT, event=event)
    assert stands(target)[2] == ["no", "cannot_say"]
    establish(by=editor, at=AT, organisation=target.organisation, place=fes)
    judge_list(by=editor, at=AT, event=event)
    assert stands(target)[2] == ["no", "partly"]
    establish(by=editor, at=AT, organisation=target.organisation, place=oujda)
    judge_list(by=editor, at=AT, event=event)
    assert stands(target)[2] == ["no", "yes"]


def test_a_role_is_recognised_by_whole_words_and_without_accents(editor, event):
    target = a_target(editor, event)
    looks_for(editor, event, FIELD.ROLE, values=({"key": "directrice generale", "label": "directrice générale"},))
    assert only_answer(target) == "cannot_say"
    roles = {"fr": "Directrice générale adjointe"}
    affiliate(by=editor, at=AT, person=target.person, organisation=target.organisation, role=roles)
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "yes"
    other = a_target(editor, event, "Brahim")
    affiliate(by=editor, at=AT, person=other.person, organisation=other.organisation, role={"fr": "Sous-directeur"})
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(other) == "no"


def test_a_membership_may_be_unknown_and_a_gathering_before_counts(editor, event):
    body = an_organisation(editor, "Fédération", kind=OrganisationKind.FEDERATION)
    target = a_target(editor, event)
    looks_for(editor, event, FIELD.MEMBERSHIP, values=any_of(str(body.public_id)))
    looks_for(editor, event, FIELD.CAME_BEFORE)
    assert stands(target)[2] == ["cannot_say", "cannot_say"]
    admit_member(by=editor, at=AT, association=body, organisation=target.organisation)
    before = a_gathering(editor)
    answered(an_invitation(editor, before), "on_site")
    type(before).objects.filter(pk=before.pk).update(period_start="2020-01-01", period_end="2020-01-01")
    judge_list(by=editor, at=AT, event=event)
    assert stands(target)[2] == ["yes", "partly"]


def test_what_a_person_answers_counts_with_who_said_it_and_may_be_taken_back(editor, event):
    row = looks_for(editor, event, FIELD.ORGANISATION_KIND, values=any_of("school"))
    question = asks(editor, event)
    target = a_target(editor, event)
    assert stands(target) == (0, 50, ["no", "cannot_say"])
    said = {row: (Verdict.YES, "est aussi une école"), question: (Verdict.PARTLY, "")}
    answer_criteria(by=editor, at=AT, target=target, read_version=target.version, said=said)
    assert stands(target) == (75, 100, ["yes", "partly"])
    line = Standing.objects.get(target=target).assessment[0]
    assert (line["by"], line["words"]) == (editor.label, "est aussi une école")
    assert Entry.objects.filter(verb="answer_criterion", object_id=str(target.public_id)).count() == 1
    answer_criteria(by=editor, at=AT, target=target, read_version=target.version, said={row: (None, "")})
    assert stands(target) == (25, 100, ["no", "partly"])
    answer_criteria(by=editor, at=AT, target=target, read_version=1, said={row: (None, "")})
    assert Judgement.objects.count() == 1


@pytest.mark.parametrize("weight", [0, 101])
def test_a_weight_out_of_bounds_is_refused_and_nothing_is_written(editor, event, weight):
    with pytest.raises(WeightOutOfBounds):
        asks(editor, event, weight=weight)
    assert not Criterion.objects.exists()


def test_criteria_that_do_not_go_together_are_refused(editor, event):
    first = looks_for(editor, event, FIELD.SIZE, low=500)
    with pytest.raises(CriteriaContradict) as refused:
        looks_for(editor, event, FIELD.SIZE, high=100)
    assert refused.value.other == first
    with pytest.raises(CriterionTwice):
        looks_for(editor, event, FIELD.SIZE, 99, low=500)
    looks_for(editor, event, FIELD.SIZE, high=1000)
    asks(editor, event, "Un projet ?")
    with pytest.raises(CriterionTwice):
        asks(editor, event, "un PROJET ?")
    with pytest.raises(NothingWanted):
        looks_for(editor, event, FIELD.BRANCH)
    with pytest.raises(EndsCrossed):
        looks_for(editor, event, FIELD.SIZE, low=3, high=2)
    with pytest.raises(TooManyValues):
        looks_for(editor, event, FIELD.BRANCH, values=any_of(*map(str, range(31))))


def test_a_corrected_criterion_contradicts_the_others_but_never_itself(editor, event):
    small, other = looks_for(editor, event, FIELD.SIZE, high=100), asks(editor, event)
    draft = Draft(FIELD.SIZE, 30, high=100)
    correct_criterion(by=editor, at=AT, criterion=small, read_version=small.version, draft=draft)
    assert Criterion.objects.get(pk=small.pk).weight == 30
    large = looks_for(editor, event, FIELD.SIZE, high=200)
    with pytest.raises(CriteriaContradict):
        correct_criterion(
            by=editor, at=AT, criterion=large, read_version=large.version, draft=Draft(FIELD.SIZE, 1, low=101)
        )
    assert Criterion.objects.get(pk=large.pk).high == 200
    assert other.position == 1


def test_a_list_has_twelve_criteria_at_most(editor, event):
    for number in range(12):
        asks(editor, event, f"Question {number}")
    with pytest.raises(TooManyCriteria):
        asks(editor, event, "Question 13")


def test_two_who_save_at_once_are_told(editor, event):
    row, target = asks(editor, event), a_target(editor, event)
    draft = Draft(FIELD.QUESTION, 50, question="Autre")
    correct_criterion(by=editor, at=AT, criterion=row, read_version=row.version, draft=draft)
    stale = Criterion.objects.get(pk=row.pk)
    with pytest.raises(ChangedMeanwhile):
        correct_criterion(
            by=editor, at=AT, criterion=stale, read_version=1, draft=Draft(FIELD.QUESTION, 9, question="x")
        )
    read = target.version
    said = {PrequalificationQuestion.NEED: (Verdict.YES, "120 postes")}
    prequalify(by=editor, at=AT, target=target, read_version=read, said=said)
    with pytest.raises(ChangedMeanwhile):
        prequalify(
            by=editor, at=AT, target=target, read_version=read, said={PrequalificationQuestion.FIT: (Verdict.NO, "")}
        )
    with pytest.raises(ChangedMeanwhile):
        answer_criteria(by=editor, at=AT, target=target, read_version=read, said={stale: (Verdict.NO, "")})
    assert Prequalification.objects.get().words == "120 postes"


def test_an_answer_that_stays_keeps_who_gave_it_and_when(editor, oriental, event):
    target, later = a_target(editor, event), AT.replace(year=AT.year + 1)
    need, fit = PrequalificationQuestion.NEED, PrequalificationQuestion.FIT
    prequalify(by=editor, at=AT, target=target, read_version=1, said={need: (Verdict.YES, "oui")})
    colleague = at_work(oriental, "organiser")
    said = {need: (Verdict.YES, "oui"), fit: (Verdict.PARTLY, "")}
    prequalify(by=colleague, at=later, target=target, read_version=target.version, said=said)
    rows = {row.question: (row.answered_by, row.answered_at) for row in Prequalification.objects.all()}
    assert rows == {"need": (editor.label, AT), "fit": ("tests", later)}
    prequalify(by=editor, at=later, target=target, read_version=target.version, said={fit: (None, "")})
    assert set(Prequalification.objects.values_list("question", flat=True)) == {"need"}


@pytest.mark.parametrize("role", ["fund_officer", "juror", "observer"])
def test_who_does_not_invite_neither_writes_nor_reads_any_of_it(oriental, editor, event, role):
    row, target = asks(editor, event), a_target(editor, event)
    answer_criteria(by=editor, at=AT, target=target, read_version=1, said={row: (Verdict.YES, "dit au téléphone")})
    prequalify(
        by=editor, at=AT, target=target, read_version=target.version,
        said={PrequalificationQuestion.FIT: (Verdict.YES, "")},
    )  # fmt: skip
    tables = (Criterion, Standing, Judgement, Prequalification)
    assert all(table.objects.visible_to(editor).exists() for table in tables)
    outsider = at_work(oriental, role)
    assert not any(table.objects.visible_to(outsider).exists() for table in tables)
    with pytest.raises(NotAllowed):
        asks(outsider, event, "Autre")
    with pytest.raises(NotAllowed):
        answer_criteria(by=outsider, at=AT, target=target, read_version=2, said={row: (Verdict.NO, "")})
    with pytest.raises(NotAllowed):
        prequalify(by=outsider, at=AT, target=target, read_version=2, said={})


def test_another_promoter_neither_writes_nor_reads_any_of_it(rival, editor, event):
    row, target = asks(editor, event), a_target(editor, event)
    assert not Criterion.objects.visible_to(rival).exists()
    assert not Standing.objects.visible_to(rival).exists()
    with pytest.raises(ForeignRow):
        asks(rival, event, "Autre")
    with pytest.raises(ForeignRow):
        answer_criteria(by=rival, at=AT, target=target, read_version=1, said={row: (Verdict.NO, "")})
    with pytest.raises(ForeignRow):
        drop_criterion(by=rival, at=AT, criterion=row)


def test_a_criterion_of_another_list_is_not_answered_here(editor, event):
    elsewhere = asks(editor, a_gathering(editor))
    target = a_target(editor, event)
    with pytest.raises(OtherList):
        answer_criteria(by=editor, at=AT, target=target, read_version=1, said={elsewhere: (Verdict.YES, "")})
    dropped = asks(editor, event)
    drop_criterion(by=editor, at=AT, criterion=dropped)
    dropped.refresh_from_db()
    with pytest.raises(OtherList):
        answer_criteria(by=editor, at=AT, target=target, read_version=1, said={dropped: (Verdict.YES, "")})


def test_what_others_keep_to_themselves_is_no_fact_here(editor, rival, event):
    """The rival knows where the shared firm is; this list does not learn it, though the rival's own does."""
    target = a_target(editor, event)
    town = a_place(rival, "Tanger")
    shared = an_organisation(rival, "Partagée", publish=True)
    target.organisation.commons = shared
    target.organisation.save()
    establish(by=rival, at=AT, organisation=shared, place=town)
    looks_for(editor, event, FIELD.PRESENCE, values=any_of(str(town.public_id)))
    assert only_answer(target) == "cannot_say"
    establish(by=rival, at=AT, organisation=shared, place=town, publish=True)
    judge_list(by=editor, at=AT, event=event)
    assert only_answer(target) == "yes"


def two_editors():
    promoter = a_promoter("oriental")
    by = actor_of_user(staff(promoter, "account_owner"), promoter)
    return by, a_gathering(by)


SIZES = ({"low": 500}, {"high": 100})


@pytest.mark.django_db(transaction=True)
def test_of_two_criteria_added_at_once_that_nobody_meets_both_one_stands():
    by, event = two_editors()
    acts = [lambda said=said: looks_for(by, event, FIELD.SIZE, **said) for said in SIZES]
    assert sorted(at_once(*acts, refused=(CriteriaContradict,))) == ["", "CriteriaContradict"]
    assert Criterion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_looking_for_a_contradiction_before_writing_would_let_both_stand():
    """The negative control: both look while the list is empty, and both write."""
    _by, event = two_editors()
    looked = threading.Barrier(2)

    def naive(said):
        clear = not Criterion.objects.filter(event=event, field=FIELD.SIZE).exists()
        looked.wait(timeout=60)
        if clear:
            Criterion.objects.create(promoter=event.promoter, event=event, field=FIELD.SIZE, weight=20, **said)

    at_once(*[lambda said=said: naive(said) for said in SIZES], refused=(CriteriaContradict,))
    assert Criterion.objects.count() == 2
