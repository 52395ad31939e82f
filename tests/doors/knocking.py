"""Trying every route at every place with every method, as everybody."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse

from moussem.core.routes import Route, routes
from tests.doors.examples import UNKNOWN, can_be_public, example, table_of
from tests.doors.rows import Graph
from tests.doors.world import ELSEWHERE, OTHER, OWN, ROLES, World

TABLE = Path(__file__).with_name("matrix.csv")
METHODS = ("GET", "POST", "PUT", "DELETE")
KWARG = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
PER_REQUEST = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')


@dataclass(frozen=True)
class Place:
    """One address of a route: whose desk, whose row."""

    name: str
    path: str
    unknown: str = ""


def addresses() -> list[Route]:
    """Every address once, however many operations answer there."""
    return list({route.pattern: route for route in routes()}.values())


def names_in(pattern: str) -> list[str]:
    """What an address takes, the language of public pages apart."""
    found = [a or b for a, b in KWARG.findall(pattern)]
    return [name for name in found if name != "language"]


def places(route: Route, world: World) -> list[Place]:
    """Where the route is tried. `own`: own desk and row; `foreign`: own desk, another's row; `other`: another's desk
    and row; `published`: own published row. `unknown` is the same address with a row or desk that does not exist.
    """
    names = names_in(route.pattern)
    rows = [name for name in names if name != "promoter"]
    at_desk = "promoter" in names
    own, other = world.closed[OWN], world.closed[OTHER]

    def path(slug: str, graph: object) -> str:
        values = {name: example(route.name, name, graph) if graph else _nobody(route, name, own) for name in rows}
        return _filled(route.pattern, {"promoter": slug, "language": "fr", **values})

    found = [Place("own" if names else "-", path(OWN, own))]
    if any(table_of(route.name, name) for name in rows):
        found.append(Place("foreign", path(OWN, other), path(OWN, None)))
        if can_be_public(route.name, rows):
            found.append(Place("published", path(OWN, world.published[OWN])))
    if at_desk:
        found.append(Place("other", path(OTHER, other), path(ELSEWHERE, other)))
    return found


def _nobody(route: Route, name: str, graph: object) -> str:
    return str(UNKNOWN) if table_of(route.name, name) else example(route.name, name, graph)


def _filled(pattern: str, values: dict[str, str]) -> str:
    return "/" + KWARG.sub(lambda match: values[match[1] or match[2]], pattern).replace("\\", "")


def knock(world: World, role: str, method: str, path: str) -> HttpResponse:
    """One request as this role, undone afterwards; the rate limits of the log-in package start afresh."""
    cache.clear()
    with transaction.atomic():
        answer = world.client(role).generic(method, path, headers={"accept-language": "fr", "idempotency-key": "doors"})
        if hasattr(answer, "streaming_content"):
            answer.content = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def body(answer: HttpResponse, path: str) -> bytes:
    """What was answered, without what differs from request to request: tokens, and the address in each language."""
    return PER_REQUEST.sub(b"", answer.content).replace(path.removeprefix("/fr").encode(), b"<address>")


def foreign_rows_seen(route: Route, world: World, methods: tuple[str, ...] = ("GET", "POST")) -> list[str]:
    """Where somebody is refused a foreign row in other words than a row that does not exist, or is given it."""
    faults = []
    for place in (place for place in places(route, world) if place.unknown):
        for role in ROLES:
            theirs = place.name == "other" or "promoter" not in names_in(route.pattern)
            at_home = theirs and role in ("other", "other_token")
            at_home |= role == "installation" and route.permission == "accounts.is_installation_administrator"
            for method in () if at_home else methods:
                foreign, unknown = knock(world, role, method, place.path), knock(world, role, method, place.unknown)
                same = body(foreign, place.path) == body(unknown, place.unknown)
                if foreign.status_code != unknown.status_code or (foreign.status_code >= 400 and not same):
                    faults.append(f"{role} {method} {place.name}: {foreign.status_code} {unknown.status_code}")
    return faults


def canaries_seen(route: Route, world: World, role: str, graph: Graph) -> set[str]:
    """The tables and columns of this graph that somebody reads at any place of a route."""
    pages = b"".join(knock(world, role, "GET", place.path).content for place in places(route, world))
    return {column for word, column in graph.canaries.items() if word.encode() in pages}


def expected() -> dict[tuple[str, str, str], dict[str, int]]:
    """The reviewed table: by route, place and method, the status for each role."""
    table: dict[tuple[str, str, str], dict[str, int]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            statuses = {role: int(row[role]) for role in ROLES}
            for place in row["place"].split():
                for method in row["method"].split():
                    table[row["route"], place, method] = statuses
    return table


def observed(route: Route, world: World) -> dict[tuple[str, str], dict[str, int]]:
    """What the product answers now, by place and method."""
    return {
        (place.name, method): {role: knock(world, role, method, place.path).status_code for role in ROLES}
        for place in places(route, world)
        for method in METHODS
    }


def lines_to_review(route: Route, seen: dict[tuple[str, str], dict[str, int]]) -> Iterator[str]:
    """The observed answers as lines of the table, equal ones together: a person reads them before pasting."""
    methods: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (place, method), statuses in seen.items():
        methods[place, tuple(statuses[role] for role in ROLES)].append(method)
    together: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (place, statuses), which in methods.items():
        together[" ".join(which), statuses].append(place)
    for (which, statuses), where in together.items():
        yield ",".join([route_key(route), " ".join(where), which, *map(str, statuses)])


def route_key(route: Route) -> str:
    """How the table names a route: by its name, else by its pattern."""
    return route.name or "/" + route.pattern
