"""The product does not start with a view that declares no permission."""

import sys
from types import ModuleType

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import path

from moussem.core import checks


def naked(request):
    """A view that nobody gave a door."""


@pytest.fixture
def planted_address(monkeypatch):
    planted = ModuleType("planted_addresses")
    planted.urlpatterns = [path("draws/", naked, name="draws")]
    monkeypatch.setitem(sys.modules, "planted_addresses", planted)
    return "planted_addresses"


def test_every_view_of_the_product_has_a_door():
    assert checks.every_view_has_a_door(None) == []


def test_a_view_without_a_permission_does_not_start(settings, planted_address):
    settings.ROOT_URLCONF = planted_address
    assert [fault.id for fault in checks.every_view_has_a_door(None)] == ["core.E001"]
    with pytest.raises(SystemCheckError, match="declares no permission"):
        call_command("check")
