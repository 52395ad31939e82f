"""The page of a thing that has none of its own in any room: a programme that a text only speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Reading, answered, side_by_side
from moussem.core.components import SourceMark
from moussem.core.texts import say
from moussem.core.timelines import TimelinePage, timeline_of
from moussem.evidence.domain.queries.lines import source_marks
from moussem.evidence.domain.queries.sides import Against, contradictions_about
from moussem.evidence.domain.queries.territory import group_read
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Citation, CitedRecord, Subject

OWN_PAGE = "subjects/"
MOST_SOURCES = 20


def page_of(subject: Subject) -> str:
    """The address of this page, relative to the language: what a room gives a subject that has no page there."""
    return f"{OWN_PAGE}{subject.public_id}/"


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A thing with its figures and statements on one timeline, where it belongs, and the sources that name it.

    `elsewhere` is the address of its own room's page, "" where there is none and this is its page.
    """

    subject: Subject
    label: str
    kind_label: str
    elsewhere: str
    around: str
    around_url: str
    timeline: TimelinePage
    against: Sequence[Against]
    sources: tuple[SourceMark, ...]


@answered
def subject_view(actor: Actor, subject: Subject, *, cursor: str = "") -> Reading[SubjectView]:
    """All that evidence knows of a subject the actor sees (its `within` loaded)."""
    subjects = yield from group_read(subject)
    timeline, against, naming = yield from side_by_side(
        timeline_of.reading(actor, subjects, cursor=cursor),
        contradictions_about.reading(actor, subjects),
        _naming(actor, subject),
    )
    around = subject.within if subject.within is not None and subject.within.is_published else None
    own = subject.address in ("", page_of(subject))
    return SubjectView(
        subject=subject,
        label=say(subject.label),
        kind_label=str(SubjectKind(subject.kind).label),
        elsewhere="" if own else public_address(subject.address),
        around=say(around.label) if around else "",
        around_url=public_address(around.address) if around else "",
        timeline=timeline,
        against=against,
        sources=source_marks(naming, actor),
    )


def _naming(actor: Actor, subject: Subject) -> Reading[list[Citation]]:
    ties = CitedRecord.objects.visible_to(actor).about(str(subject.kind), subject.public_id)
    (found,) = yield [ties.select_related("citation__document").order_by("pk")[:MOST_SOURCES]]
    return [tie.citation for tie in found]
