"""Style is held by ruff with the settings of `pyproject.toml`; each limit is proven on both sides."""

import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PLACE = "src/moussem/guests/domain/badges.py"
TITLE = '"""Badges."""\n\n\n'
HEAD = 'def scan(badge: int) -> int:\n    """Admit the bearer of a badge."""\n'


def statements(count: int) -> str:
    return TITLE + HEAD + "    badge += 1\n" * (count - 1) + "    return badge\n"


def branches(count: int) -> str:
    return (
        TITLE
        + HEAD
        + "".join(f"    if badge == {n}:\n        badge += 1\n" for n in range(count))
        + "    return badge\n"
    )


FAULTS = {
    "41 statements": ("PLR0915", statements(41), statements(40)),
    "complexity 11": ("C901", branches(10), branches(9)),
    "no docstring": ("D103", TITLE + "def scan() -> None:\n    print\n", TITLE + "def _scan() -> None:\n    print\n"),
    "no type": ("ANN001", TITLE + HEAD.replace(": int)", ")") + "    return badge\n", statements(1)),
    "a relative import": (
        "TID252",
        TITLE + "from . import guests\n\nguests\n",
        TITLE + "from moussem import guests\n\nguests\n",
    ),
    "a note to finish later": ("FIX002", TITLE + "LIMIT = 3  # TO" + "DO: ask\n", TITLE + "LIMIT = 3  # as asked\n"),
    "code in a comment": (
        "ERA001",
        TITLE + "# limit = 3\nLIMIT = 4\n",
        TITLE + "# Four, as the law says.\nLIMIT = 4\n",
    ),
}


def found(text: str) -> set[str]:
    """The codes of what ruff finds in `text` as a file of the product."""
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [ruff, "check", "--no-cache", "--output-format=concise", f"--stdin-filename={PLACE}", "-"],
        cwd=TOP,
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    return {line.split()[1] for line in done.stdout.splitlines() if line.startswith("src/moussem")}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_breach_of_style_is_found_and_its_innocent_twin_is_not(fault):
    code, planted, innocent = FAULTS[fault]
    assert code in found(planted)
    assert code not in found(innocent)
