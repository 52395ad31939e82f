"""Who has a kept page already: told so by one query and nothing else, with the answer that the view would give."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.audit.domain.marks import public_state
from moussem.events import middleware
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.events import add_space
from moussem.events.domain.planning import unpublish_event
from moussem.events.enums import SpaceKind
from moussem.events.models import PageFragment
from tests.events.agendas import a_fair, a_session
from tests.factories.accounts import AT, staff

OWN = ("Content-Length",)  # of no body
SAFE = {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"}
PAGES = ("", "agenda/")


@pytest.fixture
def fair(editor):
    row = a_fair(editor)
    a_session(editor, row, "Débat", "10:00")
    publish_agenda(by=editor, at=AT, event=row)
    return row


def ask(event, page="", language="fr", *, client=None, query="", method="get", **headers):
    address = f"/{language}/events/{event.public_id}/{page}{query}"
    return getattr(client or Client(), method)(address, headers=headers)


def tag_of(event, page=""):
    return ask(event, page)["ETag"]


def had(event, page="", **known):
    """Asked for by who has it already."""
    return ask(event, page, **{"if-none-match": tag_of(event, page)}, **known)


def changed(editor, event):
    add_space(by=editor, at=AT, event=event, kind=SpaceKind.SIGNING, name={"fr": "Salle neuve"})


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_it_is_the_answer_of_the_view_with_every_header_of_it(fair, page, method, monkeypatch):
    asked = {"page": page, "method": method, "if-none-match": tag_of(fair, page)}
    early = ask(fair, **asked)
    monkeypatch.setattr(middleware, "_A_KEY", middleware.re.compile("(?!)"))
    view = ask(fair, **asked)
    assert (early.status_code, view.status_code) == (304, 304)
    assert dict(early.headers) == {name: value for name, value in view.headers.items() if name not in OWN}
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"} <= {
        *early.headers
    }


@pytest.mark.parametrize("page", PAGES)
def test_it_asks_one_query_and_resolves_no_address(fair, page):
    etag = tag_of(fair, page)
    with CaptureQueriesContext(connection) as asked:
        response = ask(fair, page, **{"if-none-match": etag})
    assert (response.status_code, len(asked)) == (304, 1)
    assert response.wsgi_request.resolver_match is None
    assert "body" not in asked.captured_queries[0]["sql"]


def test_a_change_is_read_as_soon_as_it_is_there(editor, fair):
    etag = tag_of(fair)
    changed(editor, fair)
    assert ask(fair, **{"if-none-match": etag}).status_code == 200
    etag = tag_of(fair)
    unpublish_event(by=editor, at=AT, event=fair)
    assert ask(fair, **{"if-none-match": etag}).status_code == 404


def test_a_tag_that_is_known_and_asked_no_further_would_be_304_for_an_old_page(editor, fair):
    """The negative control: the state that the page was drawn at is said to be the present one."""
    etag = tag_of(fair)
    changed(editor, fair)
    PageFragment.objects.update(state=public_state())
    assert ask(fair, **{"if-none-match": etag}).status_code == 304


def test_the_tag_of_another_page_language_or_event_is_none_of_this_one(editor, fair):
    for etag in (tag_of(fair, "agenda/"), ask(fair, language="en")["ETag"], tag_of(a_fair(editor)), '"no tag"'):
        assert ask(fair, **{"if-none-match": etag}).status_code == 200


def test_whoever_says_more_than_the_tag_is_answered_by_the_view(fair):
    etag = tag_of(fair)
    desk = Client()
    desk.force_login(staff(fair.promoter, "organiser"))
    for known in ({"client": desk}, {"query": "?before=x"}):
        assert ask(fair, **{"if-none-match": etag}, **known).status_code == 200
    assert ask(fair, method="post", **{"if-none-match": etag}).status_code == 405


def test_a_host_that_is_not_ours_is_refused(fair):
    assert had(fair, host="elsewhere.example").status_code == 400
