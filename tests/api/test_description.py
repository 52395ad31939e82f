"""The description of the API: committed, complete, and true of what the API answers."""

import json
from pathlib import Path

from moussem.api.urls import api

COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "openapi.json"
RESOURCES = ("documents", "organisations", "people", "places", "parks", "events", "figures", "statements")
DESCRIBED = json.loads(json.dumps(api.get_openapi_schema(), default=str))


def test_the_committed_description_is_that_of_the_api():
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == DESCRIBED, "run `make docs`"


def test_the_description_is_served(client, db):
    assert client.get("/api/v1/openapi.json").json() == DESCRIBED


def test_each_resource_has_its_list_and_its_item():
    for resource in RESOURCES:
        assert f"/api/v1/{resource}" in DESCRIBED["paths"]
        assert [path for path in DESCRIBED["paths"] if path.startswith(f"/api/v1/{resource}/{{")], resource


def test_there_is_no_page_that_needs_a_script_of_somebody_else(client, db):
    assert client.get("/api/v1/docs").status_code == 404
