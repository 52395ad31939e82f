"""The gallery of components, started once for a run, and a look at any page."""

import sys
from pathlib import Path

import pytest

from tests.browser.sight import Sight
from tools.product import free_port, running


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def gallery_address(tmp_path_factory):
    """The address of the gallery, without a language."""
    port = free_port()
    command = [sys.executable, "-m", "django", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"]
    variables = {"DJANGO_SETTINGS_MODULE": "tests.browser.gallery_settings", "PYTHONPATH": "."}
    with running(command, port=port, variables=variables) as address:
        yield address


@pytest.fixture
def window(chromium):
    """Opens a window on nothing and answers its `Sight`, which goes from address to address; a new window costs some
    ten times what an address does. Every window is closed after the test.
    """
    contexts = []

    def open_window(*, width=1280, scheme="light", javascript=True, state=None):
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
            storage_state=state,
        )
        contexts.append(context)
        return Sight(context.new_page())

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def look(window):
    """Opens an address in a window of its own and answers a `Sight` of it."""
    return lambda address, **how: window(**how).at(address)
