"""What every test may rely on."""

import gc
import os
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

SHARED = Path(__file__).resolve().parents[2] / "shared"
CHROMIUM = Path("/usr/bin/chromium")
ON_CI = os.environ.get("CI", "").lower() == "true"


# Folders whose tests ask no database, or always one of their own: once is enough.
ONCE = ("architecture", "config", "docs", "engines")
# With one of these, or by its mark, a test asks the database.
DATABASE_FIXTURES = ("db", "transactional_db", "django_db_setup", "live_server")


# How many objects are made before the collector looks for circles among the youngest (then the middle, then all): what
# is loaded for the whole run is not looked through again and again, which took a sixth of the processor's time.
ROUNDS = (50_000, 20, 20)


def pytest_configure() -> None:
    """Nothing that is loaded before the first test is garbage."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave what is loaded out of the collector's rounds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the database's engine cannot change, so that the second run of `make test` leaves it out."""
    top = Path(__file__).parent
    for item in items:
        in_folder = item.path.is_relative_to(top) and item.path.relative_to(top).parts[0] in ONCE
        if in_folder or not _asks_the_database(item):
            item.add_marker("once")


def _asks_the_database(item: pytest.Item) -> bool:
    """Whether the database answers this test at all: to others pytest-django refuses it."""
    wanted = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or not wanted.isdisjoint(DATABASE_FIXTURES)


@pytest.fixture(autouse=True)
def the_houses_language() -> None:
    """Each test starts in the house's language, whatever a request of the test before it spoke."""
    if settings.configured:
        translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def shared(request: pytest.FixtureRequest) -> Path:
    """The folder of reference material beside the project; the test must be marked `shared`."""
    assert request.node.get_closest_marker("shared"), "mark the test `shared`"
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI a skipped test is a failed one, unless it wants ../shared."""
    report = yield
    if ON_CI and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("shared"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and on CI nothing is: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """On CI a skipped module is a failed one."""
    report = yield
    if ON_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and on CI nothing is: {report.longrepr}"
    return report


@pytest.fixture(scope="module")
def chromium() -> Generator[Any]:
    """Debian's Chromium without a window; gone after each file, since while it is there Django asks no database."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def kept_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def product_address(kept_folder: Path) -> Generator[str]:
    """The address of the running demonstration."""
    from tools.product import demonstration

    with demonstration(kept=kept_folder) as address:
        yield address
