"""What agreements know of a timeline, of an organisation's thread, and of the pages of lower rooms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
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
_BY_PARTY = {SubjectKind.ORGANISATION: "organisation__subject__in", SubjectKind.PERSON: "signatory__subject__in"}
_HELD = {SubjectKind.PLACE: "place__subject__in", SubjectKind.EVENT: "event__subject__in"}
SIGNED = (AgreementState.SIGNED, AgreementState.ENDED)


def agreements_of(actor: Actor, subjects: Sequence[int]) -> "QuerySet[Agreement]":
    """The acts that subjects (inner keys of one thing) sign, or that were signed there; none for other things."""
    rows, kind = agreements_seen(actor), kind_of(subjects)
    if kind in _BY_PARTY:
        parties = Party.objects.visible_to(actor).filter(**{_BY_PARTY[SubjectKind(kind)]: list(subjects)})
        return rows.filter(pk__in=parties.values("agreement_id"))
    return rows.filter(**{_HELD[SubjectKind(kind)]: list(subjects)}) if kind in _HELD else rows.none()


def agreement_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest signed acts of an organisation or a person; a source of `core.timelines`."""
    if kind_of(subjects) not in _BY_PARTY:
        return []
    rows: QuerySet[Any] = agreements_of(actor, subjects).filter(state__in=SIGNED)
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


def agreements_beside(actor: Actor, subjects: Sequence[int]) -> list[AgreementRow]:
    """The newest acts of subjects, for a panel on their page: at most twenty."""
    rows = older_than(agreements_of(actor, subjects), None, MOST, day="signed_on_start")
    return [row_of(actor, row) for row in rows]


def signed(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Signed, where an act of the organisation is; begun, where one is being prepared."""
    rows = agreements_of(actor, subjects).prefetch_related(None)
    row = older_than(rows.filter(state__in=SIGNED), None, 1, day="signed_on_start").first()
    if row is not None:
        return Step("", period(row.signed_on) if row.signed_on else gettext("date not stated"), "done")
    return Step("", gettext("being prepared"), "part") if rows.exists() else None
