"""Run in a process of its own, with the real conftest beside planted tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = """
import pytest

def test_skips_itself():
    pytest.skip("no browser here")

@pytest.mark.shared
def test_wants_the_shared_folder(shared):
    assert shared
"""


def outcome(folder: Path, ci: str) -> str:
    tests = folder / "project" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(Path(__file__).parents[1] / "conftest.py", tests)
    (tests / "test_planted.py").write_text(PLANTED, encoding="utf-8")
    (folder / "project" / "pytest.ini").write_text("[pytest]\nmarkers = shared: reads ../shared\n", encoding="utf-8")
    environment = {**os.environ, "CI": ci, "PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=folder / "project",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip().splitlines()[-1]


@pytest.mark.parametrize(("ci", "counted"), [("true", "1 failed, 1 skipped"), ("", "2 skipped")])
def test_on_ci_only_the_shared_folder_excuses(tmp_path, ci, counted):
    assert outcome(tmp_path, ci).startswith(counted)
