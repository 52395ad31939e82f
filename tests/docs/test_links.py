"""Links of the documentation lead somewhere, every decision is listed, and the commands that are named exist."""

import re
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGES = sorted([*TOP.glob("*.md"), *TOP.glob("docs/**/*.md")])
LINKING = [page for page in PAGES if page.name != "README.md" or page.parent != TOP]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def anchors(page):
    """The fragments that the headings of a page make."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page, text):
    """The links of a page's text that lead nowhere; addresses of the web are not visited."""
    found = []
    for link in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (fragment and target.suffix == ".md" and fragment not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", LINKING, ids=lambda page: str(page.relative_to(TOP)))
def test_every_link_leads_somewhere(page):
    assert broken(page, page.read_text(encoding="utf-8")) == []


def test_a_link_to_nowhere_would_be_found():
    page = TOP / "README.md"
    assert broken(page, "[a](docs/nowhere.md) [b](LICENSE) [c](README.md#no-such-heading)") == [
        "docs/nowhere.md", "README.md#no-such-heading",
    ]  # fmt: skip


def test_every_decision_is_listed():
    listed = set(LINK.findall((TOP / "docs/adr/README.md").read_text(encoding="utf-8")))
    assert listed == {path.name for path in (TOP / "docs/adr").glob("[0-9]*.md")}


def test_every_make_target_that_is_named_exists():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (TOP / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`(?:PORT=\d+ )?make ([a-z-]+)", page.read_text(encoding="utf-8")))
        assert named <= targets, page


def test_the_two_commands_of_the_readme_are_there():
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme


def test_every_programme_that_make_starts_exists():
    makefile = (TOP / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![./\w])((?:tools|benchmarks)/[\w.-]+)", makefile))
    assert named
    assert [name for name in named if not (TOP / name).exists()] == []


TEST = re.compile(r"`(tests/[\w/.-]+)`")


def missing_tests(text):
    return {name for name in TEST.findall(text) if not (TOP / name).exists()}


def test_every_test_that_is_named_exists():
    named = {page: missing_tests(page.read_text(encoding="utf-8")) for page in PAGES}
    assert {page: names for page, names in named.items() if names} == {}


def test_a_test_that_does_not_exist_would_be_found():
    assert missing_tests("`tests/docs/test_links.py` and `tests/nowhere/test_it.py`") == {"tests/nowhere/test_it.py"}
