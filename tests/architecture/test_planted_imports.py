"""The import contracts of `pyproject.toml`, word for word, break on the import planted against each."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.planting import plant

TOP = Path(__file__).parents[2]
HOUSE = {
    "engines/values/quantity.py": "",
    "engines/reading/passages.py": "from moussem.engines.values import quantity",
    "core/jobs.py": "",
    "accounts/models/promoters.py": "",
    "accounts/views/desk.py": "from moussem.accounts.models import promoters",
    "guests/models/guests.py": "from moussem.accounts.models import promoters",
    "guests/domain/invitations.py": "from moussem.guests.models import guests",
    "guests/interfaces/schemas.py": "from moussem.guests.models import guests",
    "guests/views/desk.py": "from moussem.guests.domain import invitations",
    "projects/models/projects.py": "from moussem.guests.models import guests",
    "api/guests.py": "from moussem.guests.interfaces import schemas",
    "config/urls.py": "from moussem.guests.views import desk",
}
FAULTS = {
    "core importing projects": ("apps", {"core/jobs.py": "from moussem.projects.models import projects"}),
    "an app that is in no order": ("apps", {"lottery/models/draws.py": ""}),
    "a stray utils.py": ("rooms", {"guests/utils.py": ""}),
    "a model importing its domain": (
        "rooms",
        {"guests/models/badges.py": "from moussem.guests.domain import invitations"},
    ),
    "domain importing a view": ("rooms", {"guests/domain/badges.py": "from moussem.guests.views import desk"}),
    "a stray module in core": ("rooms-core", {"core/lottery.py": ""}),
    "core's models importing its jobs": ("rooms-core", {"core/models/files.py": "from moussem.core import jobs"}),
    "the desk owning rows": ("rooms-desk", {"desk/models/rows.py": ""}),
    "the desk's reads importing its pages": (
        "rooms-desk",
        {"desk/views/desk.py": "", "desk/domain/queries/today.py": "from moussem.desk.views import desk"},
    ),
    "a stray module in the API": ("rooms-api", {"api/lottery.py": ""}),
    "a shape of the API importing a resource": ("rooms-api", {"api/shapes.py": "from moussem.api import guests"}),
    "the demonstration owning rows": ("rooms-demo", {"demo/models/rows.py": ""}),
    "settings importing addresses": ("rooms-config", {"config/settings.py": "from moussem.config import urls"}),
    "Django in an engine": ("engines-alone", {"engines/values/money.py": "from django.conf import settings"}),
    "a file opened by an engine": ("engines-alone", {"engines/values/money.py": "import pathlib"}),
    "an engine importing its neighbour": (
        "engines-apart",
        {"engines/comparison/scale.py": "from moussem.engines.reading import passages"},
    ),
    "values importing a higher engine": (
        "engines-apart",
        {"engines/values/words.py": "from moussem.engines.reading import passages"},
    ),
    "a circle inside one room": (
        "no-circles",
        {
            "guests/models/badges.py": "from moussem.guests.models import scans",
            "guests/models/scans.py": "from moussem.guests.models import badges",
        },
    ),
    "a view of another app": ("open-rooms", {"projects/views/desk.py": "from moussem.guests.views import desk"}),
    "schemas of another app outside the API": (
        "open-rooms",
        {"projects/views/desk.py": "from moussem.guests.interfaces import schemas"},
    ),
    "a view of another app in the API": ("open-rooms", {"api/desk.py": "from moussem.guests.views import desk"}),
}


def lint(root: Path) -> tuple[int, str]:
    """Check the tree below `root` against the product's own contracts; (exit code, what was printed)."""
    shutil.copy(TOP / "pyproject.toml", root)
    shutil.copytree(TOP / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def broken(printed: str) -> set[str]:
    """The names of the contracts that are reported as broken."""
    return {line.partition(" BROKEN")[0].strip() for line in printed.splitlines() if " BROKEN" in line}


def test_an_orderly_house_keeps_every_contract(tmp_path):
    plant(tmp_path, HOUSE)
    code, printed = lint(tmp_path)
    assert (code, f"{len(names_of())} kept, 0 broken" in printed) == (0, True), printed


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_import_breaks_its_contract(tmp_path, fault):
    contract, files = FAULTS[fault]
    plant(tmp_path, {**HOUSE, **files})
    code, printed = lint(tmp_path)
    assert code == 1, printed
    assert names_of()[contract] in broken(printed), printed


@pytest.mark.slow
def test_an_import_only_for_type_checking_is_no_breach(tmp_path):
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from moussem.projects.models import projects\n"
    plant(tmp_path, {**HOUSE, "core/jobs.py": typed})
    code, printed = lint(tmp_path)
    assert code == 0, printed


def names_of() -> dict[str, str]:
    """Contract id -> its name, as in `pyproject.toml`."""
    import tomllib

    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}
