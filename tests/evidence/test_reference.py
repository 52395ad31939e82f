"""The reference of evidence is complete: every word of a closed list has its row."""

import re
from pathlib import Path

import pytest

from moussem.evidence.enums import AddressKind, StatementKind, SubjectRole

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "evidence.md"
SECTIONS = {"Kinds of statement": StatementKind, "Roles of a subject": SubjectRole, "Kinds of address": AddressKind}


@pytest.mark.parametrize("section", SECTIONS)
def test_the_reference_lists_exactly_the_words_of_the_code(section):
    text = PAGE.read_text(encoding="utf-8").split(f"## {section}\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == SECTIONS[section].values
