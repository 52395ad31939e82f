"""Calls made at random from the API's own description: whatever is sent, the answer is one that is described."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, settings
from schemathesis import checks

from moussem.api.urls import api
from moussem.config.wsgi import application
from tests.doors.conftest import world  # noqa: F401
from tests.doors.examples import UNKNOWN
from tests.doors.world import Knocker

pytestmark = pytest.mark.django_db
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"}
checks.load_all_checks()
HELD = checks.CHECKS.get_by_names(
    ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
)
schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
schema.app = application


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request of the server closes the connection of the one before; here they share the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.parametrize("caller", ["anonymous", "writing_token"])
@schema.parametrize()
@settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_the_answer_is_one_that_is_described(case, world, caller):  # noqa: F811
    headers = {"Authorization": f"Bearer {world.tokens[caller]}"} if caller in world.tokens else {}
    case.headers.pop("Authorization", None)
    with transaction.atomic():
        answer = case.call(base_url="http://testserver", headers=headers)
        transaction.set_rollback(True)
    case.validate_response(answer, checks=HELD)


@pytest.mark.parametrize("path", sorted(schema.raw_schema["paths"]))
def test_a_method_that_is_not_described_is_not_offered(path):
    described = {method.upper() for method in schema.raw_schema["paths"][path]}
    address = "/".join(str(UNKNOWN) if part.startswith("{") else part for part in path.split("/"))
    answers = {method: Knocker().generic(method, address).status_code for method in METHODS - described}
    assert set(answers.values()) == {405}, answers


def test_the_description_itself_is_read_and_nothing_else():
    address = "/api/v1/openapi.json"
    answers = {method: Knocker().generic(method, address).status_code for method in METHODS}
    assert answers == {method: 200 if method == "GET" else 405 for method in METHODS}


@pytest.mark.parametrize("method", sorted(METHODS - {"TRACE"}))
@pytest.mark.parametrize("rest", ["", "nothing", "figures/no-identifier", "figures/%0A/publication"])
def test_an_address_with_nothing_behind_it_answers_a_program_not_a_person(rest, method):
    answer = Knocker().generic(method, f"/api/v1/{rest}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json; charset=utf-8")
    assert json.loads(answer.content)["error"] == "NotFound"
