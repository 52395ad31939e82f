"""The outbox for staff, and the page where a recipient refuses further mail."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.core.queue import run_due_jobs
from moussem.mail.domain.outbox import queue
from moussem.mail.domain.stops import stop_address
from moussem.mail.models import Suppression
from tests.factories.accounts import a_promoter, at_work, staff

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')
HARM = "<script>alert(1)</script>"


def write(promoter, *, key="1", word="offshoring"):
    by = at_work(promoter, "organiser")
    return queue(
        template="test.letter", to="guest@firm.example", language="en", key=key, promoter=promoter, by=by, at=AT,
        word=word,
    )  # fmt: skip


@pytest.fixture
def desk(promoter, client):
    client.force_login(staff(promoter, "organiser"))
    return client


def test_staff_read_in_the_demonstration_what_would_have_been_sent(promoter, desk, settings):
    settings.DEMONSTRATION = True
    message = write(promoter, word=HARM)
    run_due_jobs()
    assert "guest@firm.example" in desk.get("/p/cri/outbox/").content.decode()
    page = desk.get(f"/p/cri/outbox/{message.public_id}/").content.decode()
    assert "The word is" in page
    assert HARM not in page


def test_outside_the_demonstration_staff_see_states_alone(promoter, desk, server, settings):
    message = write(promoter)
    run_due_jobs()
    page = desk.get(f"/p/cri/outbox/{message.public_id}/").content.decode()
    assert "Envoyé" in page
    assert "The word is" not in page


def test_another_promoters_message_is_the_404_of_one_that_does_not_exist(promoter, desk):
    foreign = write(a_promoter("other"))
    unknown = "01890000-0000-7000-8000-000000000009"
    answers = [desk.get(f"/p/cri/outbox/{key}/") for key in (foreign.public_id, unknown)]
    assert [answer.status_code for answer in answers] == [404, 404]
    keys = (str(foreign.public_id), unknown)
    bodies = {
        TOKEN.sub(b"", answer.content.replace(key.encode(), b"")) for answer, key in zip(answers, keys, strict=True)
    }
    assert len(bodies) == 1
    assert "guest@firm.example" not in desk.get("/p/cri/outbox/").content.decode()
    assert desk.get("/p/other/outbox/").status_code == 404


def test_the_outbox_asks_as_much_of_the_database_for_three_messages_as_for_one(promoter, desk):
    asked = []
    for count in (1, 3):
        for number in range(count):
            write(promoter, key=str(number))
        desk.get("/p/cri/outbox/")
        with CaptureQueriesContext(connection) as queries:
            desk.get("/p/cri/outbox/")
        asked.append(queries)
    assert len(asked[0]) == len(asked[1])
    # The frame of the page asks for itself, what waits in every room by one union; the outbox itself asks once.
    assert sum('FROM "mail_' in query["sql"] and "UNION" not in query["sql"] for query in asked[1]) == 1


def test_pages_of_the_outbox_follow_each_other(promoter, desk):
    for number in range(53):
        write(promoter, key=str(number))
    first = desk.get("/p/cri/outbox/")
    older = first.context["older_url"]
    second = desk.get(older)
    assert [len(page.context["page"].messages) for page in (first, second)] == [50, 3]
    assert second.context["older_url"] == ""
    assert desk.get("/p/cri/outbox/?before=nonsense").status_code == 404


def test_opening_the_link_changes_nothing_and_confirming_it_stops_the_mail(promoter, client, server):
    message = write(promoter)
    run_due_jobs()
    address = stop_address(message).removeprefix("http://127.0.0.1:8000")
    assert server.mails[0]["List-Unsubscribe"].strip() == f"<{stop_address(message)}>"
    assert server.mails[0]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page = client.get(address)
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()
    assert not Suppression.objects.exists()
    for _ in range(2):
        assert client.post(address).status_code == 200
    assert Suppression.objects.get().address == "guest@firm.example"
    write(promoter, key="2")
    run_due_jobs()
    assert len(server.mails) == 1


def test_a_mail_program_refuses_with_one_click_and_no_cookie(promoter):
    address = stop_address(write(promoter)).removeprefix("http://127.0.0.1:8000")
    answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Suppression.objects.count() == 1


def test_a_guessed_link_is_a_404(promoter, client):
    message = write(promoter)
    for address in (f"{message.public_id}.guess", f"{message.public_id}", "x.y"):
        assert client.post(f"/mail/stop/{address}/").status_code == 404
    assert not Suppression.objects.exists()
