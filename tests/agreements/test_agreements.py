"""Agreements: who signs, who owes what, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.agreements.domain.agreements import (
    AgreementFacts,
    AgreementUnsourced,
    AlreadyEnded,
    AlreadySigned,
    ConfidentialStaysClosed,
    NobodySigns,
    PartyFacts,
    PartyNotPublic,
    PartyTwice,
    add_party,
    cite_agreement,
    correct_agreement,
    end_agreement,
    publish_agreement,
    record_agreement,
    sign_agreement,
)
from moussem.agreements.domain.obligations import (
    DebtorElsewhere,
    DebtorNotStated,
    NothingMeasured,
    NothingOwed,
    ObligationFacts,
    add_obligation,
)
from moussem.agreements.domain.queries.pages import agreement_page, agreements_listed, agreements_seen
from moussem.agreements.enums import AgreementKind, AgreementState, DutyKind
from moussem.agreements.models import Agreement, Obligation
from moussem.agreements.news import AGREEMENT_SIGNED
from moussem.audit.models import Entry
from moussem.core.actor import ANONYMOUS
from moussem.core.models import NewsItem
from moussem.core.versions import ChangedMeanwhile
from moussem.engines.values import period as periods
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import FigureRefused, Measure
from moussem.engines.values.units import Unit
from moussem.evidence.domain.queries.passages import document_view
from moussem.evidence.models import CitedRecord
from tests.evidence import rows
from tests.factories.accounts import AT, at_work
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import an_event, an_organisation

SIGNED_ON = periods.day(date(2020, 7, 10))


def test_an_agreement_is_recorded_with_its_parties_its_subject_and_its_ledger(editor):
    intelcia = an_organisation(editor, "Intelcia")
    other = PartyFacts(words={"fr": "un autre opérateur"})
    row = an_agreement(editor, parties=(PartyFacts(organisation=intelcia, capacity={"fr": "investisseur"}), other))
    assert [party.organisation for party in row.parties.order_by("position")] == [intelcia, None]
    assert (row.state, row.is_published, row.subject.kind) == (AgreementState.PREPARED, False, "agreement")
    entries = Entry.objects.filter(object_id=str(row.public_id)).order_by("pk")
    assert list(entries.values_list("verb", flat=True)) == ["record_agreement", "add_party", "add_party"]
    assert not NewsItem.objects.filter(name=AGREEMENT_SIGNED).exists()


def test_an_agreement_is_signed_once_and_tells_of_it_once(editor):
    row = an_agreement(editor)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=SIGNED_ON)
    with pytest.raises(AlreadySigned):
        sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    row.refresh_from_db()
    assert row.signed_on == SIGNED_ON
    assert NewsItem.objects.get(name=AGREEMENT_SIGNED).arguments == {"agreement": str(row.public_id)}


def test_a_signature_without_a_stated_date_has_none(editor):
    row = an_agreement(editor, signed=True)
    assert (row.state, row.signed_on) == (AgreementState.SIGNED, None)


def test_nobody_signs_alone_on_an_agreement_without_a_party(editor):
    row = record_agreement(by=editor, at=AT, facts=AgreementFacts(kind=AgreementKind.MOU, title={"fr": "Vide"}))
    with pytest.raises(NobodySigns):
        sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    with pytest.raises(NobodySigns):
        add_party(by=editor, at=AT, agreement=row, facts=PartyFacts())
    assert Agreement.objects.get().state == AgreementState.PREPARED


def test_an_organisation_is_a_party_once(editor):
    row = an_agreement(editor)
    with pytest.raises(PartyTwice):
        add_party(by=editor, at=AT, agreement=row, facts=PartyFacts(organisation=row.parties.get().organisation))


def test_what_the_text_does_not_state_stays_unstated(editor):
    row = an_agreement(editor)
    line = add_obligation(
        by=editor, at=AT, agreement=row,
        facts=ObligationFacts(words={"fr": "développer l’offshoring"}, kind=DutyKind.OBJECTIVE),
    )  # fmt: skip
    assert (line.debtor, line.measure, line.value, line.due) == (None, "", None, None)


def test_in_time_is_a_due_date_and_a_bound_is_kept(editor):
    line = a_promise(editor, an_agreement(editor), 1000, bound=Bound.OVER, due=periods.open_ended("à terme"))
    line.refresh_from_db()
    assert (line.bound, line.unit, line.due.is_open) == ("over", "jobs", True)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"words": {"fr": "quelque chose"}}, DebtorNotStated),
        ({"words": {}, "kind": DutyKind.OBJECTIVE}, NothingOwed),
        ({"words": {"fr": "20"}, "kind": DutyKind.OBJECTIVE, "value": 20}, NothingMeasured),
        (
            {"words": {"fr": "x"}, "kind": DutyKind.OBJECTIVE, "measure": Measure.JOBS, "value": 5, "unit": Unit.MAD},
            FigureRefused,
        ),
        ({"words": {"fr": "x"}, "kind": DutyKind.OBJECTIVE, "measure": Measure.JOBS, "value": -1}, FigureRefused),
    ],
)
def test_a_line_that_says_nothing_or_the_impossible_is_refused(editor, facts, refusal):
    row = an_agreement(editor)
    with pytest.raises(refusal):
        add_obligation(by=editor, at=AT, agreement=row, facts=ObligationFacts(**facts))
    assert not Obligation.objects.exists()


def test_the_database_itself_refuses_an_obligation_without_a_debtor(editor):
    row = an_agreement(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Obligation.objects.create(promoter_id=row.promoter_id, agreement=row, kind="obligation", words={"fr": "x"})


def test_a_debtor_is_a_party_of_this_very_agreement(editor):
    row, other = an_agreement(editor), an_agreement(editor, "Autre")
    with pytest.raises(DebtorElsewhere):
        a_promise(editor, row, debtor=other.parties.get())


def test_a_line_added_after_the_signature_is_told_too(editor):
    row = an_agreement(editor, signed=True)
    a_promise(editor, row)
    assert NewsItem.objects.filter(name=AGREEMENT_SIGNED).count() == 2


def test_an_ended_agreement_takes_nothing_more(editor):
    row = an_agreement(editor, signed=True)
    end_agreement(by=editor, at=AT, agreement=row, words="Retrait de l’opérateur")
    with pytest.raises(AlreadyEnded):
        end_agreement(by=editor, at=AT, agreement=row, words="encore")
    with pytest.raises(AlreadyEnded):
        a_promise(editor, row)
    assert Agreement.objects.get().ended_words == "Retrait de l’opérateur"


def test_an_agreement_is_published_with_a_document_and_public_parties_only(editor):
    closed = an_organisation(editor, "Discrète SA", publish=False)
    row = an_agreement(editor, parties=(PartyFacts(organisation=closed),), signed=True)
    with pytest.raises(AgreementUnsourced):
        publish_agreement(by=editor, at=AT, agreement=row)
    cite_agreement(by=editor, at=AT, agreement=row, citation=rows.citation(by=editor))
    with pytest.raises(PartyNotPublic):
        publish_agreement(by=editor, at=AT, agreement=row)
    type(closed).objects.filter(pk=closed.pk).update(published_at=AT)
    publish_agreement(by=editor, at=AT, agreement=row)
    assert Agreement.objects.visible_to(ANONYMOUS).get().subject.is_published
    with pytest.raises(PartyNotPublic):
        add_party(
            by=editor, at=AT, agreement=row,
            facts=PartyFacts(organisation=an_organisation(editor, "Autre discrète", publish=False)),
        )  # fmt: skip


def test_a_confidential_agreement_is_never_public(editor):
    row = an_agreement(editor, confidential=True)
    cite_agreement(by=editor, at=AT, agreement=row, citation=rows.citation(by=editor))
    with pytest.raises(ConfidentialStaysClosed):
        publish_agreement(by=editor, at=AT, agreement=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=row.pk).update(published_at=AT)


def test_who_saves_second_is_told_and_changes_nothing(editor):
    row = an_agreement(editor)
    facts = AgreementFacts(kind=AgreementKind.MOU, title={"fr": "Premier titre"})
    correct_agreement(by=editor, at=AT, agreement=Agreement.objects.get(), read_version=row.version, facts=facts)
    later = AgreementFacts(kind=AgreementKind.MOU, title={"fr": "Second titre"})
    with pytest.raises(ChangedMeanwhile):
        correct_agreement(by=editor, at=AT, agreement=row, read_version=row.version, facts=later)
    assert Agreement.objects.get().title == {"fr": "Premier titre"}


def test_an_observer_and_a_rival_write_nothing(editor, oriental, rival):
    row = an_agreement(editor)
    with pytest.raises(NotAllowed):
        sign_agreement(by=at_work(oriental, "observer"), at=AT, agreement=row, signed_on=None)
    with pytest.raises(ForeignRow):
        sign_agreement(by=rival, at=AT, agreement=row, signed_on=None)
    with pytest.raises(ForeignRow):
        an_agreement(rival, event=an_event(editor, publish=False))
    assert not Agreement.objects.visible_to(rival).exists()


def test_a_line_carries_its_own_citation_and_the_document_names_it_only_when_the_act_is_public(editor):
    citation = rows.citation("une antenne régionale", by=editor)
    row = an_agreement(editor, signed=True)
    facts = ObligationFacts(words={"fr": "Créer une antenne"}, kind=DutyKind.OBJECTIVE)
    line = add_obligation(by=editor, at=AT, agreement=row, facts=facts, citations=[citation])
    tie = CitedRecord.objects.get(key=line.public_id)
    assert (tie.kind, tie.label, tie.address) == ("objective", {"fr": "Créer une antenne"}, row.subject.address)
    # The negative control: the tie itself is open with its document; only the act behind it keeps it closed.
    assert CitedRecord.objects.visible_to(ANONYMOUS).filter(key=line.public_id).exists()
    assert _became(citation.document, ANONYMOUS) == []
    assert _became(citation.document, editor) == ["Créer une antenne"]
    cite_agreement(by=editor, at=AT, agreement=row, citation=rows.citation(by=editor))
    publish_agreement(by=editor, at=AT, agreement=row)
    assert "Créer une antenne" in _became(citation.document, ANONYMOUS)


def _became(document, actor):
    view = document_view(document, actor)
    return [record.label for part in (view.whole, *(p.became for p in view.passages)) for record in part.records]


def test_two_agree_so_that_one_party_alone_says_the_other_is_not_stated(editor):
    parties = [PartyFacts(organisation=an_organisation(editor, "FIRO")), PartyFacts(words={"fr": "un opérateur"})]
    alone, both = an_agreement(editor, "Seul", parties=parties[1:]), an_agreement(editor, "À deux", parties=parties)
    seen = {row.title: row.parties for row in agreements_listed(editor).rows}
    assert seen == {"Seul": ("un opérateur", "l’autre partie non indiquée"), "À deux": ("FIRO", "un opérateur")}
    for row, one_sided in ((alone, True), (both, False)):
        assert agreement_page(editor, agreements_seen(editor).get(pk=row.pk)).one_sided is one_sided
