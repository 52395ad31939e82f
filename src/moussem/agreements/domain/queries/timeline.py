"""What agreements know of a timeline, of an organisation's thread, and of the pages of lower rooms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from moussem.agreements.domain.queries.pages import AgreementRow, agreements_seen, page_of, row_of
from moussem.agreements.enums import AgreementState
from moussem.agreements.models import Agreement, Party
from moussem.core.actor import Actor
from moussem.core.components import Event, Step
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.cited import marks_of
from moussem.directory.domain.queries.timeline import kind_of
from moussem.evidence.enums import SubjectKind

MOST = 20
SIGNED = (AgreementState.SIGNED, AgreementState.ENDED)
_SIGNS = ("organisation__subject__in", "signatory__subject__in")
BY_KIND = {
    SubjectKind.ORGANISATION: _SIGNS[:1],
    SubjectKind.PERSON: _SIGNS[1:],
    SubjectKind.PLACE: ("place__subject__in",),
    SubjectKind.EVENT: ("event__subject__in",),
}
"""How an act is found by what a page is about: by who signs it, or by where it was signed."""
SIGNING = (SubjectKind.ORGANISATION, SubjectKind.PERSON)


def agreements_of(actor: Actor, subjects: Sequence[int], paths: Sequence[str]) -> "QuerySet[Agreement]":
    """The acts that lead by one of `paths` (see `BY_KIND`) to subjects (inner keys)."""
    rows, keys = agreements_seen(actor), list(subjects)
    found = Q()
    for path in paths:
        if path in _SIGNS:
            found |= Q(pk__in=Party.objects.visible_to(actor).filter(**{path: keys}).values("agreement_id"))
        else:
            found |= Q(**{path: keys})
    return rows.filter(found)


def agreement_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest signed acts of an organisation or a person; a source of `core.timelines`."""
    kind = kind_of(subjects)
    if kind not in SIGNING:
        return []
    rows: QuerySet[Any] = agreements_of(actor, subjects, BY_KIND[SubjectKind(kind)]).filter(state__in=SIGNED)
    found = list(older_than(rows, before, limit, day="signed_on_start"))
    marks = marks_of(actor, [row.public_id for row in found])
    return [_entry(actor, row, marks.get(row.public_id, ())) for row in found]


def _entry(actor: Actor, row: Agreement, sources: Any) -> Entry:
    drawn = Event(
        title=say(row.title),
        icon="signature",
        period=row.signed_on,
        text=", ".join(row_of(actor, row).parties),
        url=page_of(actor, row),
        tone="ours",
        inferred=row.signed_on_inferred,
        sources=sources,
    )
    return Entry(Moment(row.signed_on_start, row.public_id), drawn)


def agreements_beside(actor: Actor, subjects: Sequence[int], kind: SubjectKind) -> list[AgreementRow]:
    """The newest acts of subjects of one kind with their sources, for a panel on their page: at most twenty."""
    rows = list(older_than(agreements_of(actor, subjects, BY_KIND[kind]), None, MOST, day="signed_on_start"))
    marks = marks_of(actor, [row.public_id for row in rows])
    return [row_of(actor, row, marks.get(row.public_id, ())) for row in rows]


def signed(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Signed, where an act of the organisation is; begun, where one is being prepared."""
    rows = agreements_of(actor, subjects, _SIGNS[:1]).prefetch_related(None)
    found = list(older_than(rows, None, MOST, day="signed_on_start"))
    done = next((row for row in found if row.state in SIGNED), None)
    if done is not None:
        return Step("", period(done.signed_on) if done.signed_on else gettext("date not stated"), "done")
    return Step("", gettext("being prepared"), "part") if found else None
