from types import SimpleNamespace

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from moussem.core import shell
from moussem.core.actor import Actor
from moussem.core.doors import Audience, anyone, door
from moussem.core.navigation import WAY, NavigationItem, Verb


@door(audience=Audience.PUBLIC, permission=anyone)
def page(request, **kwargs):
    return HttpResponse()


urlpatterns = [
    *i18n_patterns(path("parks/", page, name="parks-list"), path("parks/<uuid:park>/", page, name="parks-page")),
    path("p/<slug:promoter>/guests/", page, name="guests-list"),
    path("p/<slug:promoter>/lists/", page, name="lists-list"),
]
STAFF = Actor(kind="user", label="Organiser")
GUESTS = NavigationItem(Verb.INVITE, "Guests", "guests-list", anyone, waiting=lambda actor: 14)
LISTS = NavigationItem(Verb.INVITE, "Lists", "lists-list", anyone, waiting=lambda actor: 3)
PARKS = NavigationItem(Verb.PUBLIC, "Parks", "parks-list", anyone)


@pytest.fixture(autouse=True)
def _addresses():
    with override_settings(ROOT_URLCONF=__name__), translation.override("fr"):
        yield


def steps(items, *, here="", verb=""):
    way = [{"verb": v, "label": v.value, "items": items if v == Verb.INVITE else []} for v in WAY]
    return shell.way_steps(way, actor=STAFF, promoter_slug="cri", here=here, verb=verb)


def test_the_way_has_seven_steps_and_those_without_a_page_are_no_dead_links():
    found = steps([GUESTS])

    assert len(found) == 7
    assert [step.url for step in found if step.url] == ["/p/cri/guests/"]


def test_a_step_counts_all_that_waits_behind_its_pages():
    assert [step.waiting for step in steps([GUESTS, LISTS])] == [0, 17, 0, 0, 0, 0, 0]


def test_a_step_is_current_on_its_pages_or_where_the_view_says_so():
    assert [s.current for s in steps([GUESTS, LISTS], here="lists-edit")] == [False, True] + [False] * 5
    assert [s.current for s in steps([GUESTS], here="guests-list", verb="count")] == [False] * 6 + [True]
    assert not any(s.current for s in steps([GUESTS], here="parks-list"))


def test_a_step_of_several_pages_offers_them_as_tabs_and_a_step_of_one_does_not():
    def tabs(items, here):
        way = [{"verb": Verb.INVITE, "label": "Invite", "items": items}]
        return [t.label for t in shell.way_tabs(way, actor=STAFF, promoter_slug="cri", here=here, verb="")]

    assert tabs([GUESTS, LISTS], "guests-list") == ["Guests", "Lists"]
    assert tabs([GUESTS, LISTS], "parks-list") == []
    assert tabs([GUESTS], "guests-list") == []


def test_a_public_link_stays_current_on_the_page_of_one_row():
    link = shell.link_of(PARKS, actor=STAFF, promoter_slug="", here="parks-page")

    assert (link.url, link.current) == ("/fr/parks/", True)


def test_a_desk_page_has_no_address_without_a_promoter():
    assert shell.address_of(GUESTS, "") == ""


def test_the_switch_of_languages_keeps_the_page_and_its_query():
    row = "/fr/parks/0190b6f0-0000-7000-8000-000000000000/?kind=announced"

    choices = shell.language_choices(RequestFactory().get(row))

    assert [(c.code, c.url, c.current) for c in choices] == [
        ("fr", row, True),
        ("en", row.replace("/fr/", "/en/"), False),
    ]


def test_an_address_without_a_language_is_switched_by_a_form():
    assert [c.url for c in shell.language_choices(RequestFactory().get("/p/cri/guests/"))] == ["", ""]


def test_a_desk_page_draws_the_whole_way_for_whoever_works_there(rf):
    request = rf.get("/p/cri/guests/")
    request.actor, request.resolver_match = STAFF, None
    request.promoter = SimpleNamespace(slug="cri", name="CRI de l’Oriental", kind="promoter")

    said = engines["django"].get_template("core/desk.html").render({}, request)

    assert said.count("m-knot") == 7
    assert "CRI de l’Oriental" in said
    assert "Rencontrer" in said
