"""Recording and publishing figures from another program: once per key, by the same rules as the pages."""

import pytest

from moussem.audit.models import Entry
from moussem.evidence.models import Citation, Figure
from tests.evidence import rows
from tests.factories.directory import an_event, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(editor):
    """A figure as a program sends it."""
    return {
        "measure": "jobs",
        "value": "1000",
        "unit": "jobs",
        "kind": "announced",
        "horizon": "à terme",
        "stated_on": "2020-07-10",
        "subjects": [{"id": str(an_organisation(editor).public_id), "role": "holder"}],
        "citations": [{"document": str(rows.document(by=editor).public_id), "quote": "1.000 emplois à terme"}],
    }


@pytest.fixture
def send(client):
    def post(address, body=None, key="one", **headers):
        named = {"Idempotency-Key": key} if key else {}
        response = client.post(
            f"/api/v1/{address}", body or {}, content_type="application/json", headers=headers | named
        )
        return response.status_code, response.json()

    return post


@pytest.fixture
def writer(oriental, bearer):
    return bearer(oriental, "read", "write")


def test_a_figure_is_recorded_closed_with_its_source_and_a_ledger_row(ask, send, draft, writer):
    before = Entry.objects.filter(verb="record_figure").count()
    status, body = send("figures", draft, **writer)
    assert status == 201
    assert (body["value"], body["unit"], body["kind"], body["published_at"]) == ("1000", "jobs", "announced", None)
    assert (body["horizon"]["precision"], body["horizon"]["words"]) == ("open", "à terme")
    assert body["citation"]["quote"] == "1.000 emplois à terme"
    assert ask(f"figures/{body['id']}")[0] == 404
    assert ask(f"figures/{body['id']}", **writer)[1] == body
    assert Entry.objects.filter(verb="record_figure").count() == before + 1


def test_a_figure_is_published_by_a_second_act(ask, send, draft, writer):
    key = send("figures", draft, **writer)[1]["id"]
    status, body = send(f"figures/{key}/publication", key="two", **writer)
    assert status == 200
    assert body["published_at"] is not None
    assert ask(f"figures/{key}")[0] == 200


def test_a_repeated_key_acts_once_and_answers_the_same(send, draft, writer):
    first, again = send("figures", draft, **writer), send("figures", draft, **writer)
    assert first == again
    assert (Figure.objects.count(), Citation.objects.count()) == (1, 1)


def test_another_key_acts_again(send, draft, writer):
    assert send("figures", draft, key="one", **writer)[1]["id"] != send("figures", draft, key="two", **writer)[1]["id"]
    assert Figure.objects.count() == 2


def test_a_key_with_other_words_is_refused_and_nothing_is_written(send, draft, writer):
    send("figures", draft, **writer)
    status, body = send("figures", {**draft, "value": "2000"}, **writer)
    assert (status, body["error"]) == (409, "KeyReused")
    assert Figure.objects.count() == 1


def test_the_same_key_of_another_program_is_its_own(send, draft, writer, oriental, bearer):
    send("figures", draft, **writer)
    assert send("figures", draft, **bearer(oriental, "read", "write"))[0] == 201
    assert Figure.objects.count() == 2


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_write_without_a_usable_key_is_refused(send, draft, writer, key):
    status, body = send("figures", draft, key=key, **writer)
    assert (status, body["error"]) == (400, "KeyNeeded")
    assert not Figure.objects.exists()


def test_a_refused_write_may_be_corrected_under_the_same_key(send, draft, writer):
    assert send("figures", {**draft, "unit": "MAD"}, **writer)[0] == 422
    assert send("figures", draft, **writer)[0] == 201


REFUSALS = [
    ({"unit": "MAD"}, "UnitMismatch"),
    ({"kind": "verified"}, "NotVerified"),
    ({"value": "10.5"}, "NumberUnreadable"),
    ({"value": "plenty"}, "NumberUnreadable"),
    ({"value": "1e999999999"}, "NumberUnreadable"),
    ({"value": "Infinity"}, "NumberUnreadable"),
    ({"value": "9223372036854775808"}, "NumberUnreadable"),
    ({"horizon": "soon"}, "PeriodUnreadable"),
    ({"stated_on": "2020-13"}, "PeriodUnreadable"),
    ({"measure": "happiness"}, "NotUnderstood"),
    ({"bound": "exactly"}, "NotUnderstood"),
    ({"subjects": []}, "NotUnderstood"),
    ({"perimeter": "a\x00b"}, "NotUnderstood"),
]


@pytest.mark.parametrize(("wrong", "name"), REFUSALS, ids=[f"{name}-{wrong}" for wrong, name in REFUSALS])
def test_a_wrong_figure_is_refused_by_name_with_a_sentence_and_nothing_is_saved(send, draft, writer, wrong, name):
    status, body = send("figures", draft | wrong, **writer)
    assert (status, body["error"]) == (422, name)
    assert body["sentence"]
    assert not Figure.objects.exists()
    assert not Citation.objects.exists()


def test_the_largest_number_that_fits_is_kept_exactly(send, draft, writer):
    assert send("figures", {**draft, "value": "9223372036854775807"}, **writer)[1]["value"] == "9223372036854775807"


def test_a_quote_of_thirteen_words_is_refused(send, draft, writer):
    draft["citations"][0]["quote"] = " ".join("mot" for _ in range(13))
    assert send("figures", draft, **writer)[1]["error"] == "QuoteTooLong"
    draft["citations"][0]["quote"] = " ".join("mot" for _ in range(12))
    assert send("figures", draft, **writer)[0] == 201


def test_a_subject_said_twice_in_one_role_is_one(send, draft, writer):
    draft["subjects"] *= 2
    assert len(send("figures", draft, **writer)[1]["subjects"]) == 1


def test_a_figure_without_a_citation_cannot_be_published(send, draft, writer):
    key = send("figures", {**draft, "citations": []}, **writer)[1]["id"]
    status, body = send(f"figures/{key}/publication", key="two", **writer)
    assert (status, body["error"]) == (422, "NoSource")
    assert Figure.objects.get().published_at is None


def test_a_figure_about_something_closed_cannot_be_published(send, draft, writer, editor):
    closed = an_organisation(editor, "Closed", publish=False)
    draft["subjects"].append({"id": str(closed.public_id), "role": "holder"})
    key = send("figures", draft, **writer)[1]["id"]
    assert send(f"figures/{key}/publication", key="two", **writer)[1]["error"] == "SubjectNotPublic"


def test_rows_of_another_promoter_cannot_be_used_even_when_they_are_public(send, draft, writer, rival_editor):
    foreign = an_organisation(rival_editor, "Foreign")
    status, body = send("figures", {**draft, "subjects": [{"id": str(foreign.public_id), "role": "holder"}]}, **writer)
    assert (status, body["error"]) == (422, "UnknownRow")
    text = rows.document("foreign", by=rival_editor)
    status, body = send("figures", {**draft, "citations": [{"document": str(text.public_id)}]}, **writer)
    assert (status, body["error"]) == (422, "UnknownRow")


def test_a_figure_of_another_promoter_cannot_be_published(send, writer, rival_editor):
    figure = rows.figure(by=rival_editor, publish=False)
    status, body = send(f"figures/{figure.public_id}/publication", **writer)
    assert (status, body["error"]) == (404, "NotFound")


def test_who_may_not_write_is_told_so_before_the_body_is_read(send, draft, oriental, bearer, editor):
    event = an_event(editor)
    for header, status, name in (
        ({}, 401, "TokenNeeded"),
        (bearer(oriental, "read"), 403, "NotAllowed"),
        (bearer(oriental, "read", "write", role="observer"), 403, "NotAllowed"),
        (bearer(oriental, "read", "write", event=event.public_id), 403, "NotAllowed"),
        (bearer(oriental, "write"), 401, "TokenRefused"),
    ):
        assert (status, name) == (lambda told: (told[0], told[1]["error"]))(send("figures", draft, **header))
    assert not Figure.objects.exists()
    assert send("figures", {"no": "sense"})[1]["error"] == "TokenNeeded"
