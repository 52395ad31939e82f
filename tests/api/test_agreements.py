"""Agreements in the API."""

import pytest

from moussem.agreements.domain.agreements import cite_agreement, publish_agreement
from moussem.agreements.domain.obligations import ObligationFacts, amend_obligation
from moussem.engines.values.measures import Measure
from tests.evidence import rows
from tests.factories.accounts import AT
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import an_event

pytestmark = pytest.mark.django_db


def test_an_agreement_tells_who_owes_what_and_says_null_where_nothing_is_stated(ask, editor):
    row = an_agreement(editor, signed=True)
    a_promise(editor, row, 800)
    a_promise(editor, row, None)
    cite_agreement(by=editor, at=AT, agreement=row, citation=rows.citation(by=editor))
    publish_agreement(by=editor, at=AT, agreement=row)
    status, item = ask(f"agreements/{row.public_id}")
    assert status == 200
    assert (item["state"], item["signed_on"], item["event"]) == ("signed", None, None)
    assert [line["value"] for line in item["obligations"]] == ["800", None]
    assert item["obligations"][0]["debtor"] == item["parties"][0]["id"]
    firm = item["parties"][0]["organisation"]["id"]
    assert len(ask(f"agreements?organisation={firm}&state=signed&kind=convention")[1]["items"]) == 1
    assert ask("agreements?state=ended")[1]["items"] == []


def test_a_closed_agreement_is_seen_by_its_promoters_token_only(ask, editor, oriental, rival, bearer):
    row = an_agreement(editor)
    assert ask(f"agreements/{row.public_id}")[0] == 404
    assert ask(f"agreements/{row.public_id}", **bearer(rival))[0] == 404
    assert ask(f"agreements/{row.public_id}", **bearer(oriental))[0] == 200


def test_a_token_for_one_event_sees_what_was_signed_there(ask, editor, oriental, bearer):
    event = an_event(editor)
    here, elsewhere = an_agreement(editor, "Ici", event=event), an_agreement(editor, "Ailleurs")
    header = bearer(oriental, event=event.public_id)
    assert ask(f"agreements/{here.public_id}", **header)[0] == 200
    assert ask(f"agreements/{elsewhere.public_id}", **header)[0] == 404


def test_an_amended_line_tells_what_was_signed_before_it(ask, editor, oriental, bearer):
    row = an_agreement(editor, signed=True)
    line = a_promise(editor, row, 800)
    facts = ObligationFacts(words=line.words, debtor=line.debtor, measure=Measure.JOBS, value=600)
    amend_obligation(
        by=editor, at=AT, obligation=line, read_version=line.version, facts=facts, reason="Avenant n° 1"
    )  # fmt: skip
    (item,) = ask(f"agreements/{row.public_id}", **bearer(oriental))[1]["obligations"]
    assert item["value"] == "600"
    assert [(old["value"], old["reason"]) for old in item["earlier"]] == [("800", "Avenant n° 1")]
