"""Trying every route at every place with every method, as everybody."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse

from moussem.core.routes import Route, routes
from tests.doors.examples import UNKNOWN, can_be_public, example, table_of
from tests.doors.rows import Graph
from tests.doors.world import ELSEWHERE, OTHER, OWN, ROLES, World

TABLE = Path(__file__).with_name("matrix.csv")
METHODS = ("GET", "POST", "PUT", "DELETE")
KWARG = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# What each write brings so that it is not refused before it is looked at: the key of one submission.
KEYED = {"accept-language": "fr", "idempotency-key": "doors"}
NONCE, FORM = "nonce=doors", "application/x-www-form-urlencoded"
PER_REQUEST = re.compile(rb'name="(?:csrfmiddlewaretoken|nonce)" value="[^"]*"')


@dataclass(frozen=True)
class Place:
    """One address of a route: whose desk, whose row."""

    name: str
    path: str
    unknown: str = ""


@dataclass(frozen=True)
class Survey:
    """What a route answered, by place, twin ("" or unknown), method and role: the status and the body."""

    route: Route
    answers: dict[tuple[str, str, str, str], tuple[int, bytes]]


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
        # Whoever holds a personal link comes with their own, also where they ask for somebody else's row.
        held = {"address": own if slug == OWN else other}
        graphs = {name: graph and held.get(name, graph) for name in rows}
        values = {n: example(route.name, n, of) if of else _nobody(route, n, own) for n, of in graphs.items()}
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
    form = (NONCE, FORM) if method == "POST" and "/api/" not in path else ()
    world.knocker(role).cookies.pop("messages", None)
    with transaction.atomic():
        answer = world.knocker(role).generic(method, path, *form, headers=KEYED)
        if hasattr(answer, "streaming_content"):
            answer.content = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def body(answer: HttpResponse, path: str) -> bytes:
    """What was answered, without what differs from request to request: tokens, and the address in each language."""
    return PER_REQUEST.sub(b"", answer.content).replace(path.removeprefix("/fr").encode(), b"<address>")


def survey(route: Route, world: World) -> Survey:
    """Everything a route answers: at each place, and at its unknown twin where it has one, to each method and role.

    On PostgreSQL to GET alone: what the rows of another database could answer otherwise is who reads what.
    """
    methods = METHODS if connection.vendor == "sqlite" else ("GET",)
    answers = {}
    for place in places(route, world):
        for twin, path in (("", place.path), ("unknown", place.unknown)):
            for method in methods if not twin else methods[:2] if path else ():
                for role in ROLES:
                    answer = knock(world, role, method, path)
                    answers[place.name, twin, method, role] = (answer.status_code, body(answer, path))
    return Survey(route, answers)


def foreign_rows_seen(found: Survey) -> list[str]:
    """Where somebody is refused a foreign row in other words than a row that does not exist, or is given it."""
    faults = []
    for (place, twin, method, role), unknown in found.answers.items():
        theirs = place == "other" or "promoter" not in names_in(found.route.pattern)
        at_home = theirs and role in ("other", "other_token")
        at_home |= role == "installation" and found.route.permission == "accounts.is_installation_administrator"
        if not twin or at_home:
            continue
        foreign = found.answers[place, "", method, role]
        if foreign[0] != unknown[0] or (foreign[0] >= 400 and foreign[1] != unknown[1]):
            faults.append(f"{role} {method} {place}: {foreign[0]} {unknown[0]}")
    return faults


def canaries_seen(found: Survey, role: str, graph: Graph) -> set[str]:
    """The tables and columns of this graph that somebody reads at any place of a route."""
    pages = b"".join(words for (*_, reader), (_status, words) in found.answers.items() if reader == role)
    if graph.mark.encode() not in pages:  # every canary begins with it
        return set()
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


def statuses(found: Survey) -> dict[tuple[str, str], dict[str, int]]:
    """What the product answers now, by place and method: the status for each role."""
    table: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (place, twin, method, role), (status, _body) in found.answers.items():
        if not twin:
            table[place, method][role] = status
    return table


def lines_to_review(route: Route, seen: dict[tuple[str, str], dict[str, int]]) -> Iterator[str]:
    """The observed answers as lines of the table, equal ones together: a person reads them before pasting."""
    methods: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (place, method), by_role in seen.items():
        methods[place, tuple(by_role[role] for role in ROLES)].append(method)
    together: dict[tuple[str, tuple[int, ...]], list[str]] = defaultdict(list)
    for (place, answered), which in methods.items():
        together[" ".join(which), answered].append(place)
    for (which, answered), where in together.items():
        yield ",".join([route_key(route), " ".join(where), which, *map(str, answered)])


def route_key(route: Route) -> str:
    """How the table names a route: by its name, else by its pattern."""
    return route.name or "/" + route.pattern
