"""A playground's published examples stand among nobody's real rows: in no list, at no address, not in the API."""

import pytest
from django.db.models import Q

from moussem.accounts.models import TenantQuerySet
from moussem.core.actor import ANONYMOUS, Actor, task_actor
from tests.doors.examples import example, table_of
from tests.doors.knocking import _filled, addresses, canaries_seen, knock, names_in, places, survey
from tests.doors.rows import tenant_models
from tests.doors.world import OUTSIDE_THE_PLAYGROUND, OWN
from tests.factories.accounts import at_work

pytestmark = pytest.mark.django_db
LISTED = ("directory.Organisation.name", "events.Event.name", "programmes.Call.name", "programmes.Programme.name")


def readable(actor, world):
    """The tables of which the actor sees the playground's row."""
    rows = {model: world.playing.rows[model] for model in tenant_models() if model in world.playing.rows}
    return {m._meta.label for m, row in rows.items() if m._default_manager.visible_to(actor).filter(pk=row.pk).exists()}


def read_addresses(world):
    """Every route that may be read with GET, and the values of its address but the promoter and the language."""
    for route in addresses():
        if "GET" in route.methods and "address" not in names_in(route.pattern):
            yield route, [name for name in names_in(route.pattern) if name != "promoter"]


def own_pages(world):
    """Each page at the reader's own place; `test_matrix` looks for words of the playground on them, as every role."""
    return [places(route, world)[0].path for route, _names in read_addresses(world)]


def pages_of_its_rows(world):
    """Each page that takes a row, at a row of the playground."""
    for route, names in read_addresses(world):
        if any(table_of(route.name, name) for name in names):
            values = {name: example(route.name, name, world.playing) for name in names}
            yield _filled(route.pattern, {"promoter": OWN, "language": "fr", **values})


def seen_by(role, world, pages):
    read = b"".join(knock(world, role, "GET", path).content for path in pages)
    return {column for word, column in world.playing.canaries.items() if word.encode() in read}


@pytest.mark.slow
@pytest.mark.parametrize("role", OUTSIDE_THE_PLAYGROUND)
def test_no_page_of_a_row_of_a_playground_opens_to_who_is_not_in_it(world, role):
    pages = list(pages_of_its_rows(world))
    assert len(pages) > 50
    assert seen_by(role, world, pages) == set()


@pytest.mark.slow
def test_without_the_condition_everybody_would_meet_them(world, monkeypatch):
    """The negative control: published rows as they would be seen naively."""
    monkeypatch.setattr(TenantQuerySet, "met_by", lambda self, actor, through="promoter": Q())
    assert seen_by("anonymous", world, [*own_pages(world), *pages_of_its_rows(world)]) >= set(LISTED)
    route = next(route for route in addresses() if route.name == "directory:organisations-list")
    assert "directory.Organisation.name" in canaries_seen(survey(route, world), "anonymous", world.playing)
    opened = seen_by("anonymous", world, pages_of_its_rows(world))
    assert "directory.Organisation.name" in opened


def test_no_row_of_a_playground_is_visible_to_who_is_not_in_it(world):
    strangers = [ANONYMOUS, at_work(world.own, "organiser"), at_work(world.other, "promoter_administrator")]
    strangers += [task_actor("tests", promoter_pk=world.own.pk), Actor(kind="user", at_pks=frozenset({world.own.pk}))]
    for actor in strangers:
        assert readable(actor, world) == set()


def test_who_is_in_it_sees_its_rows_at_its_desk_and_the_published_ones_on_public_pages(world):
    at_desk = readable(at_work(world.playing.promoter, "organiser"), world)
    passing = readable(Actor(kind="user", at_pks=frozenset({world.playing.promoter.pk})), world)
    published = {"directory.Organisation", "events.Event", "programmes.Call", "evidence.Figure", "projects.Project"}
    assert published <= passing < at_desk
    assert "guests.Invitation" in at_desk - passing


def test_published_rows_of_a_promoter_are_seen_as_before(world):
    row = world.published[OWN].rows
    seen = {m._meta.label for m in tenant_models() if m._default_manager.visible_to(ANONYMOUS).filter(pk=row[m].pk)}
    assert {"directory.Organisation", "events.Event", "programmes.Call", "evidence.Figure"} <= seen
