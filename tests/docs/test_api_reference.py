"""The reference of the API names every resource, filter, operation and refusal."""

import re
from pathlib import Path

import pytest

from moussem.api.urls import api

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs/reference/api.md").read_text(encoding="utf-8")
PATHS = api.get_openapi_schema()["paths"]
LISTS = {path.rpartition("/")[2]: kinds["get"] for path, kinds in PATHS.items() if "{" not in path}


def section(heading):
    return re.split(r"^#+ ", PAGE.partition(f"### `{heading}`\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


@pytest.mark.parametrize("resource", LISTS)
def test_every_filter_of_a_list_is_named_in_its_section(resource):
    shared = {"limit", "cursor", "language"}
    filters = {parameter["name"] for parameter in LISTS[resource]["parameters"]} - shared
    assert filters == set(re.findall(r"`([a-z_]+)`", section(resource))) & filters
    assert {f"`{name}`" for name in shared} <= set(re.findall(r"`[a-z]+`", PAGE))


def test_every_write_has_its_section():
    for path, kinds in PATHS.items():
        for method in kinds.keys() - {"get"}:
            address = re.sub(r"\{[^}]*\}", "{id}", path.removeprefix("/api/v1/"))
            assert section(f"{method.upper()} {address}"), (method, address)


def test_every_refusal_is_explained():
    source = "\n".join(file.read_text(encoding="utf-8") for file in (TOP / "src/moussem/api").glob("*.py"))
    raised = set(re.findall(r'(?:Refused\(|\d{3}, |\d{3},\s+)"([A-Z][A-Za-z]+)"', source))
    assert {"KeyNeeded", "NotFound", "NoSource", "TokenRefused"} <= raised
    assert raised - set(re.findall(r"\| `([A-Za-z]+)` \|", PAGE)) == set()
