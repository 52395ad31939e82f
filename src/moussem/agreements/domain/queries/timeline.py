"""What agreements know of a timeline, of an organisation's thread, and of the pages of lower rooms."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from moussem.agreements.domain.queries.pages import AgreementRow, acts_seen, page_of, row_of, with_parties
from moussem.agreements.enums import AgreementState
from moussem.agreements.models import Agreement, Party
from moussem.core.actor import Actor
from moussem.core.asking import Question, Reading, answered, question, side_by_side
from moussem.core.components import Event, Step
from moussem.core.formats import period
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.domain.queries.timeline import kind_of
from moussem.evidence.enums import SubjectKind

MOST = 20
SIGNED = (AgreementState.SIGNED, AgreementState.ENDED)
BY_KIND = {
    SubjectKind.ORGANISATION: "organisation__subject__in",
    SubjectKind.PERSON: "signatory__subject__in",
    SubjectKind.PLACE: "place__subject__in",
    SubjectKind.EVENT: "event__subject__in",
}
"""How an act is found by what a page is about: by who signs it, or by where it was signed."""
SIGNING = (SubjectKind.ORGANISATION, SubjectKind.PERSON)


@question
def _newest(
    actor: Actor, kind: str, subjects: Sequence[int], only_signed: bool, before: Moment | None, limit: int
) -> "QuerySet[Any]":
    """The newest acts that lead to subjects of a kind (inner keys; see `BY_KIND`), those before a moment."""
    path = BY_KIND[SubjectKind(kind)]
    found = Q(**{path: subjects})
    if kind in SIGNING:
        found = Q(pk__in=Party.objects.visible_to(actor).filter(found).values("agreement_id"))
    rows: QuerySet[Any] = acts_seen(actor).filter(found)
    return older_than(rows.filter(state__in=SIGNED) if only_signed else rows, before, limit, day="signed_on_start")


@answered
def agreement_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> Reading[list[Entry]]:
    """The newest signed acts of an organisation or a person; a source of `core.timelines`."""
    kind = kind_of(subjects)
    if kind not in SIGNING:
        return []
    found, marks = yield from _with_marks(actor, _newest(actor, kind, subjects, True, before, limit))
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


@answered
def agreements_beside(actor: Actor, subjects: Sequence[int], kind: SubjectKind) -> Reading[list[AgreementRow]]:
    """The newest acts of subjects of one kind with their sources, for a panel on their page: at most twenty."""
    rows, marks = yield from _with_marks(actor, _newest(actor, kind.value, subjects, False, None, MOST))
    return [row_of(actor, row, marks.get(row.public_id, ())) for row in rows]


def _with_marks(actor: Actor, asked: Question) -> Reading[tuple[list[Agreement], Marks]]:
    (acts,) = yield [asked]
    if not acts:
        return [], {}
    parties, marks = yield from side_by_side(
        with_parties(actor, acts), marks_of.reading(actor, [act.public_id for act in acts])
    )
    return parties, marks


@answered
def signed(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Signed, where an act of the organisation is; begun, where one is being prepared."""
    (found,) = yield [_newest(actor, SubjectKind.ORGANISATION.value, subjects, False, None, MOST)]
    done = next((row for row in found if row.state in SIGNED), None)
    if done is not None:
        return Step("", period(done.signed_on) if done.signed_on else gettext("date not stated"), "done")
    return Step("", gettext("being prepared"), "part") if found else None
