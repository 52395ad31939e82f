"""The return of an event: targeted, invited, accepted, came, met, signed, projects, and the jobs by kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.agreements.domain.queries.pages import AgreementRow, agreements_listed
from moussem.agreements.enums import AgreementState
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.core.components import Event as Drawn
from moussem.core.together import counted as counted_part
from moussem.core.together import numbered, together
from moussem.events.models import Event
from moussem.evidence.domain.queries.lines import loaded_figures
from moussem.evidence.domain.queries.territory import Group, group_key
from moussem.evidence.domain.queries.timeline import figure_events, newest_figures
from moussem.evidence.models import Figure, Subject
from moussem.guests.enums import COMING, AttendanceMode, InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, Presence, Target
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting
from moussem.observatory.domain.queries.counts import (
    KINDS,
    MeasureCount,
    ProjectsOf,
    counted,
    events_of,
    undecided,
)
from moussem.observatory.domain.queries.ground import doubtful_from
from moussem.observatory.domain.queries.sums import PEOPLE
from moussem.projects.domain.queries.figures import WITH_EVENTS, tied_projects
from moussem.projects.domain.queries.projects import page_of
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

MOST = 60
"""How many agreements, projects and figures of an event its return lists."""


_PREPARED = AgreementState.PREPARED
_PEOPLE = [measure.value for measure in PEOPLE]
_KINDS = [kind.value for kind in KINDS]
_DOUBT, _MERGED = -1, -2
_STEPS = (
    (pgettext_lazy("step", "Targeted"), _("people on the target list")),
    (pgettext_lazy("step", "Invited"), _("invitations sent")),
    (pgettext_lazy("step", "Accepted"), _("on site or online")),
    (pgettext_lazy("step", "Came on site"), _("people noted at the door")),
    (pgettext_lazy("step", "Came online"), _("people noted online")),
    (pgettext_lazy("step", "Met"), _("meetings that took place")),
    (pgettext_lazy("step", "Signed"), _("agreements signed there")),
    (pgettext_lazy("step", "Projects"), _("projects opened from it")),
)


@dataclass(frozen=True, slots=True)
class ReturnStep:
    """One step of the way from the list to the project: how many (None: not stated), and what that counts in words."""

    label: str | Promise
    count: int | None
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """A project that came from the event, with the page on which the actor reads it."""

    project: Project
    url: str


@dataclass(frozen=True, slots=True)
class EventReturn:
    """What became of an event. Steps are counts of our own rows; jobs are figures with their sources, kinds apart.

    `stated` are the figures that sources state of the event itself: how many took part, by whose word.
    """

    event: Event
    steps: tuple[ReturnStep, ...]
    agreements: Sequence[AgreementRow]
    projects: Sequence[ProjectLink]
    jobs: tuple[MeasureCount, ...]
    stated: Sequence[Drawn]


def return_of(event: Event, actor: Actor) -> EventReturn:
    """The return of an event, its subject loaded, as its promoter's staff sees it."""
    projects = Project.objects.visible_to(actor).filter(Q(event=event) | Q(agreement__event=event))
    read = _read(event, actor, projects)
    group = Group([group_key(event.subject), *read.merged], event.subject.kind)
    listed = list(projects.select_related("promoter", "subject", *WITH_EVENTS).order_by("pk"))
    signed = [row for row in agreements_listed(actor, event=event).rows if row.agreement.state != _PREPARED]
    newest = newest_figures(actor, group, MOST)
    people = _people_of(actor, group, listed)
    keys = Q(pk__in=newest.values("pk")) | Q(pk__in=people.values("pk"))
    figures = list(loaded_figures(Figure.objects.visible_to(actor).filter(keys)).order_by("pk"))
    told = [figure for figure in figures if any(link.subject_id in group for link in figure.links.all())]
    jobs = _jobs(group, figures, tied_projects(listed, figures))
    return EventReturn(
        event=event,
        steps=_steps(read.counts),
        agreements=signed,
        projects=[ProjectLink(one, page_of(actor, one)) for one in listed[:MOST]],
        jobs=counted(jobs, actor, doubtful=read.doubtful),
        stated=figure_events(actor, group, told)[:MOST],
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What one query tells of an event: its counts by step, the subjects merged with its own, the doubtful firms."""

    counts: dict[int, int]
    merged: list[int]
    doubtful: dict[int, list[int]]


def _read(event: Event, actor: Actor, projects: "QuerySet[Project]") -> _Read:
    """Counts are rows of a number and a count; what is not counted comes in the same two columns and one more."""
    counted_rows = [
        counted_part(number, rows).values_list("part", "counted", numbered(0))
        for number, rows in enumerate(_counted_of(event, actor, projects))
    ]
    doubts = undecided(actor).order_by().values_list(numbered(_DOUBT), "left__subject", "right__subject")
    merged = Subject.objects.filter(canonical=group_key(event.subject)).order_by()
    parts = [*counted_rows, doubts, merged.values_list(numbered(_MERGED), "pk", numbered(0))]
    found = sorted(together(parts))
    return _Read(
        counts={part: one for part, one, _ in found if part >= 0 and one},
        merged=[one for part, one, _ in found if part == _MERGED],
        doubtful=doubtful_from((one, other) for part, one, other in found if part == _DOUBT),
    )


def _counted_of(event: Event, actor: Actor, projects: "QuerySet[Project]") -> "list[QuerySet[Any]]":
    """What the steps count, in their order, and then what tells whether anything of the event was kept here."""
    target = Target.objects.visible_to(actor).filter(event=event)
    asked = Invitation.objects.visible_to(actor).filter(event=event)
    # Who registered by the open form was not invited; whether they came is counted below with everybody else.
    invited = asked.filter(origin=RegistrationOrigin.INVITATION).exclude(state=InvitationState.PLANNED)
    came = Presence.objects.visible_to(actor).filter(event=event)
    meetings = Meeting.objects.visible_to(actor).filter(event=event)
    signed = Agreement.objects.visible_to(actor).filter(event=event).exclude(state=_PREPARED)
    return [
        target.filter(dropped_at=None),
        invited,
        invited.filter(state__in=COMING),
        came.filter(mode=AttendanceMode.ON_SITE),
        came.filter(mode=AttendanceMode.ONLINE),
        meetings.filter(state=MeetingState.HELD),
        signed,
        projects,
        target,
        asked,
        came,
        meetings,
    ]


def _steps(counts: Mapping[int, int]) -> tuple[ReturnStep, ...]:
    """The steps; where this installation kept neither guests nor meetings of the event, nothing is claimed of them."""
    kept = any(number >= len(_STEPS) for number in counts)
    return tuple(
        ReturnStep(label, counts.get(number, 0 if kept else None), note) for number, (label, note) in enumerate(_STEPS)
    )


def _people_of(actor: Actor, group: Sequence[int], projects: Sequence[Project]) -> "QuerySet[Figure]":
    """The figures of people that are about the event or its projects, or that opened one of these."""
    opened = [one.origin_key for one in projects if one.origin == ProjectOrigin.ANNOUNCEMENT and one.origin_key]
    about = [*group, *(one.subject_id for one in projects)]
    tied = Q(links__subject__in=about) | Q(public_id__in=opened)
    rows = Figure.objects.visible_to(actor).current().filter(tied)
    return rows.filter(measure__in=_PEOPLE, kind__in=_KINDS)


def _jobs(group: Sequence[int], figures: Sequence[Figure], tied: ProjectsOf) -> list[Figure]:
    """The figures of people that name the event, and those of its projects that name no other."""
    people = [figure for figure in figures if figure.measure in _PEOPLE and figure.kind in _KINDS]
    return [figure for figure in people if not set(group).isdisjoint(group_key(e) for e in events_of(figure, tied))]
