"""The negative controls: a view that goes round `visible_to`, a row that tells its existence, a route without lines."""

import sys
from types import ModuleType

import pytest
from django.http import Http404, HttpResponse, HttpResponseForbidden
from django.urls import path

from moussem.accounts.permissions import is_staff
from moussem.core.doors import Audience, door
from moussem.directory.models import Organisation
from tests.doors.examples import NoExample
from tests.doors.knocking import addresses, canaries_seen, expected, foreign_rows_seen, places, route_key, survey
from tests.doors.world import OTHER

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OPEN = {"audience": Audience.STAFF, "permission": is_staff}


@door(**OPEN)
def leaking(request, promoter, organisation):
    row = Organisation.objects.filter(public_id=organisation).first()
    if row is None:
        raise Http404
    return HttpResponse(row.name)


@door(**OPEN)
def telling(request, promoter, organisation):
    row = Organisation.objects.filter(public_id=organisation).first()
    if row is None:
        raise Http404
    if row.promoter != request.promoter:
        return HttpResponseForbidden("not yours")
    return HttpResponse(row.name)


@door(**OPEN)
def holding(request, promoter, organisation):
    row = Organisation.objects.visible_to(request.actor).filter(public_id=organisation).first()
    if row is None:
        raise Http404
    return HttpResponse(row.name)


@pytest.fixture
def planted(settings, monkeypatch):
    def plant(view, address="p/<slug:promoter>/planted/<uuid:organisation>/"):
        module = ModuleType("planted_doors")
        product = __import__("moussem.config.urls", fromlist=["urlpatterns"]).urlpatterns
        module.urlpatterns = [*product, path(address, view, name="planted")]
        monkeypatch.setitem(sys.modules, "planted_doors", module)
        settings.ROOT_URLCONF = "planted_doors"
        return next(route for route in addresses() if route.name == "planted")

    return plant


def test_a_view_that_goes_round_visible_to_is_caught(world, planted):
    found = survey(planted(leaking), world)
    assert "observer GET foreign: 200 404" in foreign_rows_seen(found)
    assert canaries_seen(found, "observer", world.closed[OTHER]) == {"directory.Organisation.name"}


def test_a_view_that_tells_that_a_foreign_row_exists_is_caught(world, planted):
    assert "observer GET foreign: 403 404" in foreign_rows_seen(survey(planted(telling), world))


def test_a_view_that_holds_is_not_accused(world, planted):
    found = survey(planted(holding), world)
    assert foreign_rows_seen(found) == []
    assert canaries_seen(found, "observer", world.closed[OTHER]) == set()
    assert canaries_seen(found, "other", world.closed[OTHER]) == {"directory.Organisation.name"}


def test_a_route_without_lines_in_the_table_is_caught(world, planted):
    route = planted(holding)
    assert not any(key[0] == route_key(route) for key in expected())


def test_an_address_that_takes_something_unknown_says_what_to_add(world, planted):
    with pytest.raises(NoExample, match=r"tests/doors/examples\.py"):
        places(planted(holding, "p/<slug:promoter>/planted/<uuid:whatever>/"), world)
