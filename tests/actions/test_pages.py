"""Next steps on their pages, on Today, beside what they are about, and in the API."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moussem.accounts.enums import Role
from moussem.actions.models import Action
from moussem.core.submissions import new_nonce
from tests.factories.accounts import a_promoter, a_token, at_work, staff
from tests.factories.actions import an_action
from tests.factories.directory import an_organisation

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
LATE = date(2020, 1, 1)


@pytest.fixture
def cri():
    return a_promoter("cri")


@pytest.fixture
def by(cri):
    return at_work(cri, Role.ORGANISER)


@pytest.fixture
def desk(client, cri):
    client.force_login(staff(cri, Role.ORGANISER))
    return client


def opened(client, path, status=200):
    answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def sent(client, path, status=302, **words):
    answer = client.post(path, {"nonce": new_nonce(), **words}, headers=ENGLISH)
    assert answer.status_code == status, answer.content.decode()
    return answer


def test_an_empty_list_offers_the_first_next_step(desk):
    page = opened(desk, "/p/cri/actions/")
    assert "Nothing is to be done" in page
    assert "/p/cri/actions/new/" in page


def test_a_next_step_is_noted_by_one_form_and_is_ones_own_in_a_week(desk):
    page = opened(desk, "/p/cri/actions/new/")
    assert page.count("required") >= 1
    sent(desk, "/p/cri/actions/new/", words="Call the director")
    action = Action.objects.get()
    assert action.words == "Call the director"
    assert "Call the director" in opened(desk, f"/p/cri/actions/{action.public_id}/")


def test_a_form_without_words_is_told_so_and_keeps_what_was_typed(desk):
    page = sent(desk, "/p/cri/actions/new/", 422, words="", about="Saccom").content.decode()
    assert 'value="Saccom"' in page
    assert not Action.objects.exists()


def test_a_name_that_nothing_bears_is_told_so(desk):
    page = sent(desk, "/p/cri/actions/new/", 422, words="Call", about="Nobody at all").content.decode()
    assert "Nothing is called exactly so." in page
    assert not Action.objects.exists()


def test_a_form_sent_twice_notes_one_next_step(desk):
    words = {"nonce": new_nonce(), "words": "Call"}
    for _ in range(2):
        assert desk.post("/p/cri/actions/new/", words).status_code == 302
    assert Action.objects.count() == 1


def test_an_organisations_page_shows_what_is_to_be_done_about_it_and_offers_to_note_more(desk, by):
    firm = an_organisation(by)
    an_action(by, "Visit the plateau", about=firm.subject)
    page = opened(desk, f"/p/cri/organisations/{firm.public_id}/")
    assert "Visit the plateau" in page
    assert f"/p/cri/actions/new/?about={firm.subject.public_id}" in page
    sent(desk, f"/p/cri/actions/new/?about={firm.subject.public_id}", words="Call", about=firm.subject.public_id)
    assert Action.objects.filter(about=firm.subject).count() == 2


def test_the_public_never_reads_a_next_step(client, by):
    firm = an_organisation(by)
    an_action(by, "Visit the plateau", about=firm.subject)
    assert "Visit the plateau" not in opened(client, f"/en/organisations/{firm.public_id}/")


def test_today_shows_the_late_first_and_done_is_one_click(desk, by):
    an_action(by, "Some day")
    late = an_action(by, "Long due", due_on=LATE)
    page = opened(desk, "/p/cri/")
    assert page.index("Long due") < page.index("Some day")
    assert "m-due-late" in page
    assert sent(desk, f"/p/cri/actions/{late.public_id}/done/", next="/p/cri/")["location"] == "/p/cri/"
    assert "Long due" not in opened(desk, "/p/cri/").split("m-toast", 1)[0]
    late.refresh_from_db()
    assert late.state == "done"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_sent_elsewhere_after_it_is_done(desk, by, elsewhere):
    action = an_action(by)
    answer = sent(desk, f"/p/cri/actions/{action.public_id}/done/", next=elsewhere)
    assert answer["location"] == f"/p/cri/actions/{action.public_id}/"


def test_it_is_dropped_with_a_reason_only(desk, by):
    action = an_action(by)
    path = f"/p/cri/actions/{action.public_id}/"
    sent(desk, f"{path}drop/", words="")
    assert "Write why it is dropped" in opened(desk, path)
    sent(desk, f"{path}drop/", words="The firm closed")
    assert "The firm closed" in opened(desk, path)


def test_who_saves_second_reads_both_versions_and_may_save_again(desk, by):
    action = an_action(by, "Call")
    path = f"/p/cri/actions/{action.public_id}/change/"
    sent(desk, path, words="Write a letter", version=1)
    page = sent(desk, path, 422, words="Send a fax", version=1).content.decode()
    assert "Write a letter" in page
    assert "Send a fax" in page
    sent(desk, path, words="Send a fax", version=2)
    action.refresh_from_db()
    assert action.words == "Send a fax"


def test_another_promoters_next_step_does_not_exist(desk):
    theirs = an_action(at_work(a_promoter("other"), Role.ORGANISER))
    opened(desk, f"/p/cri/actions/{theirs.public_id}/", 404)
    sent(desk, f"/p/cri/actions/{theirs.public_id}/done/", 404)


def test_a_juror_reads_none(client, cri, by):
    an_action(by)
    client.force_login(staff(cri, Role.JUROR))
    opened(client, "/p/cri/actions/", 403)
    assert "Call the director" not in opened(client, "/p/cri/")


@pytest.mark.parametrize("path", ["/p/cri/actions/", "/p/cri/"])
def test_a_list_asks_as_often_for_three_next_steps_as_for_one(desk, by, path):
    asked = []
    for added in (1, 2):
        for _ in range(added):
            an_action(by, due_on=LATE, about=an_organisation(by).subject)
        opened(desk, path)
        with CaptureQueriesContext(connection) as queries:
            opened(desk, path)
        asked.append(len(queries))
    assert asked == [{"/p/cri/actions/": 4, "/p/cri/": 5}[path]] * 2


def test_the_api_tells_a_token_of_its_promoter_and_nobody_else(client, cri, by):
    firm = an_organisation(by)
    action = an_action(by, due_on=LATE, about=firm.subject)
    an_action(at_work(a_promoter("other"), Role.ORGANISER), "Theirs")
    _, secret = a_token(cri, staff(cri, Role.ORGANISER), days=9999)
    bearer = {"authorization": f"Bearer {secret}"}

    assert client.get("/api/v1/actions").status_code in (401, 403)
    (item,) = client.get("/api/v1/actions?state=open&due_to=2020-01-01", headers=bearer).json()["items"]
    assert (item["id"], item["words"], item["due_on"]) == (str(action.public_id), "Call the director", "2020-01-01")
    assert item["about"]["label"] == "Saccom"
    assert client.get("/api/v1/actions?due_to=2019-12-31", headers=bearer).json()["items"] == []
    assert client.get(f"/api/v1/actions/{action.public_id}", headers=bearer).json() == item
