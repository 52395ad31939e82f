"""Where a row is read: on its public page, while it is closed at its own desk, else nowhere: no dead link."""

from types import SimpleNamespace

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.addresses import address_for

KEY = "01890000-0000-7000-8000-00000000dead"
STAFF = Actor(kind="user", promoter_pk=1, roles=frozenset({"organiser"}), promoter_slug="oriental")


def row(*, published=False, promoter=1):
    return SimpleNamespace(is_published=published, promoter_id=promoter)


def test_a_published_row_is_read_on_its_public_page_by_everybody():
    for actor in (ANONYMOUS, STAFF):
        assert address_for(actor, f"projects/{KEY}/", row(published=True)) == f"/fr/projects/{KEY}/"


def test_a_closed_row_is_read_at_its_own_desk_where_there_is_a_page_of_it():
    assert address_for(STAFF, f"projects/{KEY}/", row()) == f"/p/oriental/projects/{KEY}/"
    assert address_for(STAFF, f"places/{KEY}/", row()) == ""
    assert address_for(STAFF, "", row()) == ""


def test_nobody_is_led_to_a_closed_row_of_another():
    assert address_for(STAFF, f"projects/{KEY}/", row(promoter=2)) == ""
    assert address_for(ANONYMOUS, f"projects/{KEY}/", row()) == ""
