"""Filling a database with as many rows as a claim names, straight into the tables, in bounded time.

Every row is a copy of one that the domain made (the demonstration's), with some columns worked out from its number:
one statement a table, the same on both databases, so that a million figures take a minute or two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

from moussem.demo.domain.season import found_commons, play_season, season_actor
from moussem.directory.models import Affiliation, Establishment, Organisation, Park, Person, Place
from moussem.events.models import Event, Part
from moussem.evidence.models import Citation, Document, Figure, FigureSubject, Statement, StatementSubject, Subject

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
FIRST_DAY = date(1990, 1, 1)
DAYS = 12_000
PER_ORGANISATION = 10
CITED = 10
"""Citations of a document."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. `timeline` are the figures of the first organisation, besides its usual ten."""

    organisations: int
    timeline: int
    documents: int
    events: int

    @property
    def figures(self) -> int:
        """All figures, those of the first organisation included."""
        return self.organisations * PER_ORGANISATION + self.timeline


# Few organisations, but enough of everything for a full page of each list: a page with three lines is no measure.
SMALL = Size(organisations=100, timeline=200, documents=200, events=200)
LARGE = Size(organisations=100_000, timeline=10_000, documents=10_000, events=5_000)


class Words:
    """The few expressions that the two databases spell differently."""

    def __init__(self, vendor: str) -> None:
        """For SQLite or PostgreSQL."""
        self.sqlite = vendor == "sqlite"

    def key(self, room: int, number: str = "n") -> str:
        """The public identifier of row `number` of a room: in order, as those that are made one after another."""
        head = f"0199{room:04x}00007000"
        if self.sqlite:
            return f"'{head}' || printf('%%016x', {number})"
        return f"('{head}' || lpad(to_hex(({number})::bigint), 16, '0'))::uuid"

    def day(self, number: str = "n") -> str:
        """A day that is spread over some thirty years."""
        if self.sqlite:
            return f"date('{FIRST_DAY}', '+' || (({number}) %% {DAYS}) || ' days')"
        return f"(date '{FIRST_DAY}' + (({number}) %% {DAYS})::int)"

    def label(self, said: str) -> str:
        """A text in two languages, the same in both."""
        text = f"""'{{"fr": "' || ({said}) || '", "en": "' || ({said}) || '"}}'"""
        return f"({text})" if self.sqlite else f"({text})::jsonb"

    def said(self, prefix: str, number: str = "n") -> str:
        """A name with its number, of equal length, so that names sort as numbers do."""
        if self.sqlite:
            return f"'{prefix}' || printf('%%07d', {number})"
        return f"'{prefix}' || lpad(({number})::text, 7, '0')"


MOMENT = f"{FIRST_DAY.toordinal()} + {{number}} %% {DAYS}"
ROOM = {"organisation": 1, "person": 2, "document": 3, "event": 4, "figure": 5, "statement": 6}


class Filling:
    """Fills one database, room by room, each from a row of the demonstration."""

    def __init__(self, size: Size) -> None:
        """Nothing is written yet."""
        self.size = size
        self.words = Words(connection.vendor)
        self.first: dict[type[models.Model], int] = {}
        self.organisation_subjects = 0

    def spread(self, template: models.Model, count: int, columns: Mapping[str, str], *, where: str = "") -> None:
        """`count` copies of a row; `columns` are SQL expressions of the copy's number `n`, from 1 on.

        `where` ("AND ...") leaves some of them out.
        """
        model = type(template)
        highest = model._default_manager.aggregate(highest=Max("pk"))["highest"] or 0
        self.first[model] = highest
        quote = connection.ops.quote_name
        given = {"id": f"{highest} + n", **columns}
        if any(field.name == "public_id" for field in model._meta.concrete_fields) and "public_id" not in given:
            given["public_id"] = self.words.key(100 + len(self.first), f"{highest} + n")
        names = [field.column for field in model._meta.concrete_fields]
        taken = ", ".join(given.get(name, f"t.{quote(name)}") for name in names)
        table = quote(model._meta.db_table)
        # The template is a fixed row of this program's, and every expression is its own: nothing comes from outside.
        statement = (
            f"INSERT INTO {table} ({', '.join(map(quote, names))}) "
            f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %s) "
            f"SELECT {taken} FROM s, {table} t WHERE t.id = %s {where}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [count, template.pk])

    def inner(self, model: type[models.Model], number: str) -> str:
        """The inner key of copy `number` of a model that was filled before."""
        return f"({self.first[model]} + {number})"


def fill(size: Size) -> None:
    """Play the demonstration, then fill; what is there afterwards depends on the size alone."""
    commons = found_commons(at=AT)
    play_season(by=season_actor(commons), at=AT)
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
        filling = Filling(size)
        _directory(filling)
        _documents(filling)
        _events(filling)
        _figures(filling)
        _statements(filling)
    with connection.cursor() as cursor:
        # PostgreSQL does so by itself within a minute; SQLite never does, and neither do we.
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")


def _things(filling: Filling, template: Any, count: int, room: str, name: str, columns: Mapping[str, str]) -> None:
    """Rows of the directory with their subjects."""
    words, number = filling.words, ROOM[room]
    said = words.said(name)
    folder = {"organisation": "organisations", "person": "people", "event": "events"}[room]
    key = words.key(number)
    text = f"lower(substr({key}, 1, 8) || '-' || substr({key}, 9, 4) || '-' || substr({key}, 13, 4) || '-' || "
    text += f"substr({key}, 17, 4) || '-' || substr({key}, 21, 12))"
    address = f"'{folder}/' || {text if words.sqlite else f'({key})::text'} || '/'"
    filling.spread(template.subject, count, {"public_id": key, "label": words.label(said), "address": address})
    subjects = filling.first[Subject]
    filling.spread(template, count, {"public_id": key, "subject_id": f"{subjects} + n", **columns})


def _directory(filling: Filling) -> None:
    words, count = filling.words, filling.size.organisations
    parks = list(Park.objects.order_by("pk").values_list("pk", "place_id"))
    places = list(Place.objects.order_by("pk").values_list("pk", flat=True))
    region = Place.objects.filter(kind="region").order_by("code")[0].pk
    template = Organisation.objects.filter(kind="operator", named=True, canonical=None).order_by("pk")[0]
    _things(filling, template, count, "organisation", "Entreprise ", {
        "name": words.said("Entreprise "), "folded": words.said("entreprise "),
        # Every other one in one region, so that a list of it has a full page at both sizes.
        "place_id": f"(CASE n %% 2 WHEN 0 THEN {region} ELSE {_one_of(places)} END)",
        "acronym": "''", "parent_id": "NULL",
    })  # fmt: skip
    filling.organisation_subjects = filling.first[Subject]
    filling.spread(Establishment.objects.filter(park__isnull=False).order_by("pk")[0], count, {
        "organisation_id": filling.inner(Organisation, "n"), "park_id": _one_of([park for park, _ in parks]),
        "place_id": _one_of([place for _, place in parks]),
    })  # fmt: skip
    _things(filling, Person.objects.order_by("pk")[0], count, "person", "Personne ", {
        "name": words.said("Personne "), "folded": words.said("personne "),
    })  # fmt: skip
    filling.spread(Affiliation.objects.order_by("pk")[0], count, {
        "person_id": filling.inner(Person, "n"), "organisation_id": filling.inner(Organisation, "n"),
    })  # fmt: skip


def _one_of(keys: list[int], number: str = "n") -> str:
    """One of a few rows, by turns."""
    cases = " ".join(f"WHEN {place} THEN {key}" for place, key in enumerate(keys))
    return f"(CASE ({number}) %% {len(keys)} {cases} END)"


def _documents(filling: Filling) -> None:
    words, count = filling.words, filling.size.documents
    filling.spread(Document.objects.filter(kind="source").order_by("pk")[0], count, {
        "public_id": words.key(ROOM["document"]), "key": words.said("filled-"), "title": words.said("Document "),
    })  # fmt: skip
    filling.spread(Citation.objects.order_by("pk")[0], count * CITED, {
        "document_id": filling.inner(Document, f"1 + (n - 1) / {CITED}"), "passage_id": "NULL",
        "paragraph": "1 + n %% 9",
    })  # fmt: skip


def _events(filling: Filling) -> None:
    words, count = filling.words, filling.size.events
    template = Event.objects.filter(margins_of=None, place__isnull=False).order_by("pk")[0]
    _things(filling, template, count, "event", "Salon ", {
        "name": words.label(words.said("Salon ")), "edition": "NULL", "period_start": words.day(),
        "period_end": words.day(), "period_precision": "'day'", "period_words": "''", "series_id": "NULL",
    })  # fmt: skip
    part = Part.objects.filter(organisation__isnull=False, session=None).order_by("pk")
    template_part = part[0] if part else Part.objects.filter(organisation__isnull=False).order_by("pk")[0]
    filling.spread(template_part, count * 5, {
        "event_id": filling.inner(Event, "1 + (n - 1) / 5"), "session_id": "NULL", "person_id": "NULL",
        "organisation_id": filling.inner(Organisation, f"1 + n %% {filling.size.organisations}"),
    })  # fmt: skip


def _figures(filling: Filling) -> None:
    """Ten figures for each organisation, more for the first one; each cited, every tenth also about a place."""
    words, size = filling.words, filling.size
    usual = size.organisations * PER_ORGANISATION
    template = Figure.objects.filter(measure="jobs", kind="announced", bound="equal", stated_by_person=None)
    kinds = ("announced", "reported", "planned")
    kind = f"(CASE n %% 3 WHEN 0 THEN '{kinds[0]}' WHEN 1 THEN '{kinds[1]}' ELSE '{kinds[2]}' END)"
    measure = "(CASE n / 3 %% 2 WHEN 0 THEN 'jobs' ELSE 'employees' END)"
    unit = "(CASE n / 3 %% 2 WHEN 0 THEN 'jobs' ELSE 'people' END)"
    none = {f"{period}_{part}": "NULL" for period in ("period", "horizon") for part in ("start", "end")}
    empty = {f"{period}_{part}": "''" for period in ("period", "horizon") for part in ("precision", "words")}
    filling.spread(template.order_by("pk")[0], size.figures, {
        "public_id": words.key(ROOM["figure"]), "key": "''", "measure": measure, "kind": kind, "unit": unit,
        "value": "1 + (n %% 5000 * 7919) %% 5000", "value_max": "NULL", "perimeter": "''", "maybe_within_id": "NULL",
        "replaced_by_id": "NULL", "stated_on_start": words.day(), "stated_on_end": words.day(),
        "stated_on_precision": "'day'", "stated_on_words": "''", "scope": "'not_stated'", **none, **empty,
    })  # fmt: skip
    link = FigureSubject.objects.filter(whole=False).order_by("pk")[0]
    repeated = {
        "figure_id": filling.inner(Figure, "n"), "measure": measure, "kind": kind,
        "moment": MOMENT.format(number="n"), "entry": words.key(ROOM["figure"]),
    }  # fmt: skip
    holder = f"CASE WHEN n > {usual} THEN 1 ELSE 1 + (n - 1) %% {size.organisations} END"
    about = f"{filling.organisation_subjects} + ({holder})"
    filling.spread(link, size.figures, {**repeated, "role": "'holder'", "subject_id": about})
    places = list(Place.objects.order_by("pk").values_list("subject_id", flat=True))
    parks = list(Park.objects.order_by("pk").values_list("subject_id", flat=True))
    for role, where, keys in (("place", 0, places), ("park", 5, parks)):
        only = f"AND n %% 10 = {where}"
        filling.spread(link, size.figures, {
            **repeated, "role": f"'{role}'", "subject_id": _one_of(keys, "n / 70")}, where=only)  # fmt: skip
    _cite(filling, Figure)


def _cite(filling: Filling, model: type[models.Model]) -> None:
    """Each row rests on one citation, ten of them on each, as far as they go: a document that is read holds as many at
    both sizes. The first document carries the first organisation's long timeline.
    """
    size, through = filling.size, model.citations.through  # type: ignore[attr-defined]
    count = size.figures if model is Figure else size.organisations
    usual = size.organisations * PER_ORGANISATION
    resting = f"1 + (n - 1) / {PER_ORGANISATION} %% {size.documents * CITED}"
    citation = f"CASE WHEN n > {usual} THEN 1 + n %% {CITED} ELSE {resting} END"
    name = model._meta.model_name
    filling.spread(through.objects.order_by("pk")[0], count, {
        f"{name}_id": filling.inner(model, "n"), "citation_id": filling.inner(Citation, f"({citation})"),
    })  # fmt: skip


def _statements(filling: Filling) -> None:
    words, count = filling.words, filling.size.organisations
    filling.spread(Statement.objects.filter(forward=False).order_by("pk")[0], count, {
        "public_id": words.key(ROOM["statement"]), "key": "''", "words": words.label(words.said("Ouverture ")),
        "period_start": words.day(), "period_end": words.day(), "period_precision": "'day'", "period_words": "''",
    })  # fmt: skip
    filling.spread(StatementSubject.objects.order_by("pk")[0], count, {
        "statement_id": filling.inner(Statement, "n"), "role": "'holder'", "moment": MOMENT.format(number="n"),
        "subject_id": f"{filling.organisation_subjects} + n", "entry": words.key(ROOM["statement"]),
    })  # fmt: skip
    _cite(filling, Statement)
