"""A library that is missing switches its feature off, with a sentence, and never the start."""

import http.client
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.checks import run_checks

from moussem.core import libraries
from moussem.core.libraries import LibraryMissing, missing_libraries, optional
from moussem.core.models import Job
from tests.factories.accounts import a_promoter, staff

MATCHES = "/p/cri/matches/"
BROKEN = 'raise ImportError("libstdc++.so.6: cannot open shared object file")\n'


@pytest.fixture
def without(monkeypatch):
    """Take a library away from this process."""

    def take(*modules):
        libraries._fault.cache_clear()
        for module in modules:
            monkeypatch.setitem(sys.modules, module, None)

    yield take
    monkeypatch.undo()
    libraries._fault.cache_clear()


@pytest.fixture
def desk(client, db):
    client.force_login(staff(a_promoter("cri"), "account_owner"))
    return client


def test_a_library_that_is_there_is_loaded_and_named_nowhere():
    there = optional("json", feature="Counting", advice="none")
    assert (there.fault, there.sentence, there.load().__name__) == ("", "", "json")
    assert there not in missing_libraries()
    assert [fault for fault in run_checks() if fault.id == "core.W001"] == []


def test_a_library_that_is_missing_is_a_warning_that_says_what_brings_it_back(without):
    without("rapidfuzz.fuzz")
    (warning,) = [fault for fault in run_checks() if fault.id == "core.W001"]
    assert warning.msg.startswith("Looking for duplicates: switched off")
    assert "rapidfuzz" in warning.hint
    assert not warning.is_serious()


def test_without_its_library_the_page_says_so_and_asks_for_nothing(without, desk):
    without("rapidfuzz.fuzz")
    page = desk.get(MATCHES, headers={"accept-language": "en"}).content.decode()
    assert "Looking for duplicates: switched off on this installation" in page
    assert "/search/" not in page
    answer = desk.post(f"{MATCHES}search/", {"nonce": "one"}, follow=True, headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert "switched off" in answer.content.decode()
    assert not Job.objects.filter(name="directory.find_duplicates").exists()


def test_with_its_library_the_page_offers_the_search(desk):
    page = desk.get(MATCHES).content.decode()
    assert "switched off" not in page
    assert "désactivé" not in page


def test_without_its_library_a_password_is_answered_by_a_sentence(without, client, db):
    staff(a_promoter("cri"), "organiser", email="one@cri.example")
    without("argon2.low_level")
    given = {"login": "one@cri.example", "password": "a long enough password"}
    page = client.post("/accounts/login/", given, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Logging in with a password: switched off on this installation" in page.content.decode()


def test_what_is_missing_cannot_be_loaded(without):
    without("json")
    with pytest.raises(LibraryMissing, match="json"):
        optional("json", feature="Counting", advice="none").load()


@pytest.fixture
def crippled(tmp_path):
    """An environment where Python finds both libraries and the system cannot load them."""
    for name in ("rapidfuzz", "argon2"):
        (tmp_path / "broken" / name).mkdir(parents=True)
        (tmp_path / "broken" / name / "__init__.py").write_text(BROKEN, encoding="utf-8")
    known = {name: value for name, value in os.environ.items() if not name.startswith("MOUSSEM_")}
    known.pop("DJANGO_SETTINGS_MODULE", None)
    return {**known, "PYTHONPATH": str(tmp_path / "broken"), "MOUSSEM_VAR": str(tmp_path / "var")}


def test_the_check_names_both_features_and_passes(crippled):
    command = [sys.executable, "-m", "moussem.config.cli", "check"]
    done = subprocess.run(command, env=crippled, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Looking for duplicates: switched off (libstdc++.so.6: cannot open shared object file)" in done.stderr
    assert "Logging in with a password: switched off" in done.stderr


@pytest.mark.slow
def test_the_product_starts_without_them_and_says_so(crippled, tmp_path):
    from tests.config.test_serve import Served

    served = Served(Path(crippled["MOUSSEM_VAR"]), PYTHONPATH=crippled["PYTHONPATH"])
    try:
        served.wait_until_ready(within_s=300)
        with closing(http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)) as connection:
            connection.request("GET", "/fr/")
            assert connection.getresponse().status == 200
        assert "Looking for duplicates: switched off" in served.printed
    finally:
        served.end()
