"""The desk's lists as their pages show them: filtered, one page at a time, without counting."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.evidence.domain.queries.lines import figure_line, loaded_figures, loaded_statements, statement_line
from moussem.evidence.domain.queries.names import subject_named
from moussem.evidence.domain.queries.records import figures_on_desk, statements_on_desk
from moussem.evidence.interfaces.filters import FigureFilter, PageCursor, StatementFilter

LISTED = 50
PUBLISHED = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of the desk with its line."""

    row: Any
    line: Any


@dataclass(frozen=True, slots=True)
class DeskList:
    """One page of a desk's list; `older` and `newer` are the queries of its neighbours, "" where there is none."""

    asked: PageCursor
    rows: tuple[DeskRow, ...]
    older: str
    newer: str
    is_narrowed: bool


def figures_listed(actor: Actor, query: QueryDict) -> DeskList:
    """The promoter's figures as asked in the address."""
    return _listed(actor, FigureFilter(query), ("measure", "kind"), figures_on_desk, loaded_figures, figure_line)


def statements_listed(actor: Actor, query: QueryDict) -> DeskList:
    """The promoter's statements as asked in the address."""
    return _listed(actor, StatementFilter(query), ("kind",), statements_on_desk, loaded_statements, statement_line)


def _listed(
    actor: Actor,
    asked: PageCursor,
    narrowing: Iterable[str],
    rows_of: Callable[..., "QuerySet[Any]"],
    loaded: Callable[["QuerySet[Any]"], "QuerySet[Any]"],
    line_of: Callable[[Any, Actor], Any],
) -> DeskList:
    if not asked.is_valid():
        return DeskList(asked, (), "", "", True)
    said = {name: value for name, value in asked.cleaned_data.items() if value and name != "after"}
    narrowed = {name: said[name] for name in narrowing if name in said}
    narrowed["published"] = PUBLISHED.get(said.get("published", ""))
    if "subject" in said:
        found = subject_named(actor, said["subject"])
        if found.subject is None:
            names = ", ".join(found.may_mean)
            close = _("Did you mean: %(names)s?") % {"names": names} if names else _("Check the spelling.")
            asked.add_error("subject", _("Nothing is called exactly so.") + " " + close)
            return DeskList(asked, (), "", "", True)
        narrowed["subject"] = found.subject
    rows = rows_of(actor, **narrowed)
    after = asked.cleaned_data["after"]
    page = list(loaded(rows.filter(public_id__lt=after) if after else rows)[: LISTED + 1])
    shown = tuple(DeskRow(row, line_of(row, actor)) for row in page[:LISTED])
    older = urlencode({**said, "after": shown[-1].row.public_id}) if len(page) > LISTED else ""
    return DeskList(asked, shown, f"?{older}" if older else "", f"?{urlencode(said)}" if after else "", bool(said))
