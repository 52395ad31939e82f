"""Headcount returns as the desk, the operator and the link's page show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now, TruncDate
from django.urls import reverse

from moussem.accounts.domain.links import link_address
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Link
from moussem.core.actor import Actor
from moussem.core.components import FigureLine
from moussem.directory.domain.queries.brief import where
from moussem.evidence.domain.queries.lines import figure_lines
from moussem.projects.domain.passages import key_of
from moussem.projects.domain.returns import previous_of
from moussem.projects.enums import ReturnState
from moussem.projects.models import HeadcountReturn

PAGE = 50
MISSING = "missing"
"""The filter for those asked for whose due date has passed."""
_LOADED = (
    "figure", "verified_figure",
    "establishment__organisation__subject", "establishment__park__subject", "establishment__place__subject",
    "project__subject", "promoter", "link", "evidence_file", "figure", "verified_figure",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return in a list; `is_missing` where it is due and was not declared; `url` opens it."""

    row: HeadcountReturn
    organisation: str
    where: str
    is_missing: bool
    url: str


@dataclass(frozen=True, slots=True)
class ReturnList:
    """A page of returns, the newest first."""

    rows: Sequence[ReturnRow]
    state: str = ""
    older: str = ""
    is_first: bool = True

    @property
    def older_url(self) -> str:
        """The query of the next page, with what the list is narrowed to."""
        return "?" + urlencode({"state": self.state, "before": self.older})


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """One return with its figures, what was declared before it, and the rows that it corrects.

    `demonstration_url` is the operator's page, in a playground of the demonstration only.
    """

    line: ReturnRow
    figures: Sequence[FigureLine]
    previous: HeadcountReturn | None
    earlier: Sequence[HeadcountReturn]
    may_be_second: bool
    demonstration_url: str


def returns_seen(actor: Actor, *, own: bool = False) -> "QuerySet[HeadcountReturn]":
    """The returns an actor may see, or only those of the actor's promoter, with what a line shows."""
    rows = HeadcountReturn.objects.visible_to(actor)
    return (rows.filter(promoter=actor.promoter_pk) if own else rows).select_related(*_LOADED)


def missing_returns(actor: Actor) -> "QuerySet[HeadcountReturn]":
    """Those asked for by the actor's promoter whose due date has passed, by the database's clock."""
    rows = HeadcountReturn.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    return rows.filter(state=ReturnState.ASKED, due_on__lt=TruncDate(Now()))


def returns_to_verify(actor: Actor) -> "QuerySet[HeadcountReturn]":
    """Declared ones of the actor's promoter that another person than who declared them may look at."""
    rows = HeadcountReturn.objects.visible_to(actor).filter(promoter=actor.promoter_pk, state=ReturnState.DECLARED)
    return rows.exclude(declared_key=key_of(actor))


def returns_listed(actor: Actor, *, today: date, state: str = "", cursor: str = "", own: bool = True) -> ReturnList:
    """A page of returns from `cursor` on, the current ones; narrowed to a state, or to the missing ones."""
    rows = returns_seen(actor, own=own)
    narrowed = state if state in (*ReturnState.values, MISSING) else ""
    if narrowed == MISSING:
        rows = rows.filter(state=ReturnState.ASKED, due_on__lt=today)
    elif narrowed:
        rows = rows.filter(state=narrowed)
    else:
        rows = rows.filter(replaced_by=None)
    before = _key(cursor)
    if before is not None:
        rows = rows.filter(public_id__lt=before)
    found = list(rows.order_by("-public_id")[: PAGE + 1])
    shown = found[:PAGE]
    older = str(shown[-1].public_id) if len(found) > PAGE else ""
    return ReturnList([row_of(actor, row, today) for row in shown], narrowed, older, before is None)


def _key(cursor: str) -> UUID | None:
    try:
        return UUID(cursor) if cursor else None
    except ValueError:
        return None


def row_of(actor: Actor, row: HeadcountReturn, today: date) -> ReturnRow:
    """A loaded return as a list shows it."""
    site = row.establishment
    url = reverse("returns-own", args=[row.public_id])
    if actor.roles and actor.within(row.promoter_id):
        url = reverse("projects_desk:returns-page", args=[row.promoter.slug, row.public_id])
    missing = row.state == ReturnState.ASKED and row.due_on < today
    return ReturnRow(row, site.organisation.name, where(site), missing, url)


def return_page(actor: Actor, row: HeadcountReturn, *, today: date) -> ReturnPage:
    """Everything of a loaded return (`returns_seen`) that the actor may see."""
    figures = [figure for figure in (row.figure, row.verified_figure) if figure]
    earlier = HeadcountReturn.objects.visible_to(actor).filter(
        Q(establishment=row.establishment_id, period_start=row.period_start, period_end=row.period_end),
        replaced_by__isnull=False,
    )
    return ReturnPage(
        line=row_of(actor, row, today),
        figures=figure_lines(figures, actor, about=[row.establishment.organisation.subject_id]),
        previous=previous_of(row),
        earlier=list(earlier.exclude(pk=row.pk).order_by("-pk")),
        may_be_second=row.state in (ReturnState.DECLARED, ReturnState.CHECKED) and row.declared_key != key_of(actor),
        demonstration_url=_demonstration_url(row),
    )


def _demonstration_url(row: HeadcountReturn) -> str:
    """The operator's page, so that one person can play both sides; never outside a playground."""
    playing = settings.DEMONSTRATION and row.promoter.kind == PromoterKind.PLAYGROUND
    return reverse("link", args=[link_address(row.link)]) if playing and row.link else ""


def return_of_link(actor: Actor, link: Link) -> HeadcountReturn | None:
    """The return for which a personal link was made."""
    return returns_seen(actor).filter(link=link).first()
