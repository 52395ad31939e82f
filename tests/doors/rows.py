"""One row of every table of promoters, each text a canary that says where it comes from.

The rows are made from the models themselves, not by the verbs, so that a new table is covered on the day it is made. A
table with a constraint that the plain filling breaks gets a line in `ALSO`.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models

from moussem.accounts.models import Promoter, TenantRow
from moussem.core.models import Publishable
from moussem.evidence.models import Figure, FigureSubject, Statement, StatementSubject

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
END = datetime(2036, 1, 5, 9, 0, tzinfo=UTC)
# Texts that are no sentence of anybody: codes, digests, addresses of our own.
STRUCTURAL = re.compile(
    r"(^|_)(language|precision|digest|hint|zone|local_time|address|template|sha256|code|kind|measure)$"
)
PLAIN_JSON = {
    "arguments",
    "reasons",
    "verbs",
    "inferred",
    "before",
    "after",
    "answer",
    "assessment",
    "content",
    "criteria",
    "interpretation",
    "values",
}
SHORTEST = 8

Rows = dict[type[models.Model], Any]


class Graph:
    """One row of every tenant table of a promoter; `published` says whether the publishable ones are open."""

    def __init__(self, promoter: Promoter, mark: str, *, published: bool) -> None:
        self.promoter, self.mark, self.published = promoter, mark, published
        self.rows: Rows = {Promoter: promoter}
        self.canaries: dict[str, str] = {}
        for model in tenant_models():
            self.row(model)
        _tie(self.rows)

    def row(self, model: type[models.Model]) -> Any:
        """The graph's row of this model, made when it is first asked for."""
        if model not in self.rows:
            fields = {f.name: self.value(model, f) for f in model._meta.concrete_fields if self.wanted(model, f)}
            fields |= ALSO.get(model._meta.label, lambda graph: {})(self)
            if issubclass(model, Publishable):
                fields["published_at"] = NOW if self.published else None
            self.rows[model] = model._base_manager.create(**fields)
        return self.rows[model]

    def wanted(self, model: type[models.Model], field: Any) -> bool:
        """Whether the plain filling sets the field: what has no default, and every text."""
        if field.primary_key or field.name in ("public_id", "version", "published_at"):
            return False
        absent = field.null or field.blank or field.has_default() or field.db_default is not models.NOT_PROVIDED
        return _is_text(field) or not absent

    def value(self, model: type[models.Model], field: Any) -> Any:
        """What the plain filling writes: a canary in a text, the first choice, the graph's own row."""
        if field.is_relation:
            return self.promoter if field.related_model is Promoter else self.row(field.related_model)
        if _is_text(field):
            return self.canary(model, field)
        if field.choices:
            return field.default if field.has_default() else field.choices[0][0]
        return _plain(field)

    def canary(self, model: type[models.Model], field: Any) -> Any:
        """A text that is found nowhere else, noted with its table and column."""
        word = f"{self.mark}{len(self.canaries):03d}"
        self.canaries[word] = f"{model._meta.label}.{field.name}"
        if isinstance(field, models.JSONField):
            return [word] if field.get_default() == [] else {"fr": word, "en": word}
        return f"{word}@tests.example" if isinstance(field, models.EmailField) else word


def tenant_models() -> list[type[models.Model]]:
    """Every table whose rows belong to a promoter."""
    return [model for model in apps.get_models() if issubclass(model, TenantRow)]


def _is_text(field: Any) -> bool:
    if field.choices or field.is_relation or STRUCTURAL.search(field.name):
        return False
    if isinstance(field, models.JSONField):
        return field.name not in PLAIN_JSON
    textual = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField)
    return textual and (field.max_length or 999) >= SHORTEST


def _plain(field: Any) -> Any:
    found = next((value for kind, value in PLAIN if isinstance(field, kind)), None)
    return found() if callable(found) else found


PLAIN: list[tuple[type[models.Field], Any]] = [
    (models.DateTimeField, END),
    (models.DateField, date(2026, 1, 5)),
    (models.UUIDField, uuid4),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.JSONField, dict),
    (models.SlugField, lambda: f"slug-{uuid4()}"),
    (models.CharField, lambda: uuid4().hex[:5]),
    (models.TextField, "text"),
]


def _tie(rows: Rows) -> None:
    """The links between rows that are no tenant's tables themselves."""
    subject = next(row for model, row in rows.items() if model._meta.label == "evidence.Subject")
    citation = next(row for model, row in rows.items() if model._meta.label == "evidence.Citation")
    figure, statement = rows[Figure], rows[Statement]
    FigureSubject.tie(figure, subject, "holder").save()
    StatementSubject.tie(statement, subject, "holder").save()
    figure.citations.add(citation)
    statement.citations.add(citation)


def _other(graph: Graph, label: str) -> Any:
    return graph.row(apps.get_model(label))


def _second_registration(graph: Graph) -> Any:
    """Somebody else at the graph's event: nobody asks to meet themselves."""
    own = {"promoter": graph.promoter}
    subject = apps.get_model("evidence.Subject").objects.create(kind="person", **own)
    person = apps.get_model("directory.Person").objects.create(name="Second", subject=subject, **own)
    first = _other(graph, "guests.Registration")
    fields = {f.name: getattr(first, f.name) for f in first._meta.concrete_fields}
    fields = {name: value for name, value in fields.items() if name not in ("id", "public_id", "link", "invitation")}
    return type(first).objects.create(**(fields | {"person": person}))


def _applicant(graph: Graph) -> Any:
    """Another firm than the one that was asked for its headcount: who applies, and for nothing else here."""
    own = {"promoter": graph.promoter}
    subject = apps.get_model("evidence.Subject").objects.create(kind="organisation", **own)
    return apps.get_model("directory.Organisation").objects.create(name="Applicant", subject=subject, **own)


def _agenda(graph: Graph) -> dict[str, Any]:
    """A frozen agenda of one session that is called by a canary."""
    model = apps.get_model("events.AgendaVersion")
    title = graph.canary(model, model._meta.get_field("content"))
    spoken = {"topics": {}, "parts": [], "interpretation": [], "starts": None, "ends": None}
    return {"content": {"spaces": [], "sessions": [{"key": str(uuid4()), "title": title, **spoken}]}}


# What the plain filling cannot know, by table.
def _field(model: str, name: str) -> Any:
    return apps.get_model("directory", model)._meta.get_field(name)


def _guests_field(model: str, name: str) -> Any:
    return apps.get_model("guests", model)._meta.get_field(name)


def _line(graph: Graph) -> dict[str, Any]:
    """A line of an assessment that somebody of the team answered, in a canary's words."""
    words = graph.canary(apps.get_model("guests.Standing"), _guests_field("Standing", "assessment"))[0]
    empty: dict[str, Any] = {"values": [], "found": [], "low": None, "high": None, "number": None}
    asked = {"criterion": str(uuid4()), "field": "question", "question": "asked", "weight": 1, "answer": "yes"}
    return {**empty, **asked, "by": "tests", "words": words}


def _wanted(graph: Graph) -> list[dict[str, Any]]:
    """A place that a criterion looks for, called by a canary."""
    words = graph.canary(apps.get_model("guests.Criterion"), _guests_field("Criterion", "values"))[0]
    return [{"key": str(uuid4()), "label": words}]


def _sheet(word: str) -> dict[str, Any]:
    """A sheet of a list from a file, called by a canary."""
    columns = [{"heading": word, "column": "name"}]
    return {
        "name": word,
        "encoding": "",
        "delimiter": "",
        "heading_row": 1,
        "rows": 0,
        "read": True,
        "columns": columns,
    }


ALSO: dict[str, Callable[[Graph], dict[str, Any]]] = {
    # A form that is off has no page: what stands behind it is asked of one that is on.
    "guests.OpenForm": lambda graph: {"is_on": True},
    "accounts.User": lambda graph: {"password": make_password(None), "is_active": True},
    "accounts.RoleGrant": lambda graph: {"role": "observer"},
    "accounts.Token": lambda graph: {"digest": uuid4().hex * 2, "hint": f"mou_{graph.mark}", "verbs": ["read"]},
    "accounts.Link": lambda graph: {"language": "fr"},
    "directory.Establishment": lambda graph: {"place": _other(graph, "directory.Place")},
    "directory.Membership": lambda graph: {"person": _other(graph, "directory.Person")},
    "events.AgendaVersion": _agenda,
    "directory.ImportedList": lambda graph: {
        "sheets": [_sheet(*graph.canary(apps.get_model("directory.ImportedList"), _field("ImportedList", "sheets")))],
        "object_kind": "event",
        "object_key": graph.row(apps.get_model("events.Event")).public_id,
        **{name: {} for name in ("chosen", "refusal", "counts", "outcome")},
        "made": [],
    },
    "events.Part": lambda graph: {"person": _other(graph, "directory.Person")},
    "guests.Criterion": lambda graph: {"field": "seat", "question": "", "values": _wanted(graph)},
    "guests.Standing": lambda graph: {
        "sort_code": "00000000000",
        "points": 100,
        "share": 100,
        "assessment": [_line(graph)],
    },
    "guests.Invitation": lambda graph: {
        "link": _other(graph, "accounts.Link"),
        "target": _other(graph, "guests.Target"),
        "sent_at": NOW,
        "state": "sent",
    },
    # A dossier is of a place or a park: its subject stands for the graph's place.
    "evidence.Subject": lambda graph: {"kind": "place"},
    "directory.Place": lambda graph: {"public_id": _other(graph, "evidence.Subject").public_id},
    "evidence.Figure": lambda graph: {"measure": "jobs", "unit": "jobs", "kind": "announced", "value": 15},
    "evidence.Passage": lambda graph: {"start": 0, "end": 9},
    "agreements.Obligation": lambda graph: {"debtor": _other(graph, "agreements.Party")},
    "meetings.MeetingRequest": lambda graph: {"asked": _second_registration(graph)},
    "meetings.Slot": lambda graph: {"starts_at": NOW, "zone": "Africa/Casablanca"},
    "programmes.Application": lambda graph: {"organisation": _applicant(graph)},
    "programmes.Call": lambda graph: {"opens_at": NOW},
    "programmes.RuleSet": lambda graph: {
        "criteria": {"all": [{"fact": "jobs", "comparison": "from", "bound": 20, "included": True}]},
        "inferred_words": {},
    },
    "programmes.Determination": lambda graph: {
        "assessment": {"rule_set_number": 1, "words": {"fr": {"headline": "", "reasons": []}}}
    },
    "projects.Passage": lambda graph: {"answered_by": ""},
    # Minutes are kept of club meetings only.
    "events.Event": lambda graph: {"kind": "club_meeting"},
    "events.Minutes": lambda graph: {"approved_by": ""},
}
