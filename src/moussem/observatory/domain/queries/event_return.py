"""The return of an event: targeted, invited, accepted, came, met, signed, projects, and the jobs by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.agreements.domain.queries.pages import AgreementRow, agreements_listed
from moussem.agreements.enums import AgreementState
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.core.components import Event as Drawn
from moussem.events.models import Event
from moussem.evidence.domain.queries.lines import loaded_figures
from moussem.evidence.domain.queries.territory import group_key, group_of
from moussem.evidence.domain.queries.timeline import figure_entries
from moussem.evidence.models import Figure
from moussem.guests.enums import COMING, AttendanceMode, InvitationState
from moussem.guests.models import Invitation, Presence, Target
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting
from moussem.observatory.domain.queries.counts import KINDS, MeasureCount, counted, doubts_of, events_of
from moussem.observatory.domain.queries.sums import PEOPLE
from moussem.projects.domain.queries.figures import projects_of_figures
from moussem.projects.domain.queries.projects import page_of
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project

MOST = 60
"""How many agreements, projects and figures of an event its return lists."""


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
    """The return of an event as its promoter's staff sees it."""
    projects = Project.objects.visible_to(actor).filter(Q(event=event) | Q(agreement__event=event))
    listed = list(projects.select_related("promoter").order_by("pk")[:MOST])
    acts = agreements_listed(actor, event=event).rows
    signed = [row for row in acts if row.agreement.state != AgreementState.PREPARED]
    group = group_of(event.subject)
    told = [entry.event for entry in figure_entries(actor, group, None, MOST)]
    return EventReturn(
        event=event,
        steps=_steps(event, actor, projects),
        agreements=signed,
        projects=[ProjectLink(one, page_of(actor, one)) for one in listed],
        jobs=counted(_jobs(group, projects, actor), actor, doubtful=doubts_of(actor)),
        stated=told,
    )


def _steps(event: Event, actor: Actor, projects: QuerySet[Project]) -> tuple[ReturnStep, ...]:
    """The steps; where this installation kept neither guests nor meetings of the event, nothing is claimed of them."""
    target = Target.objects.visible_to(actor).filter(event=event)
    asked = Invitation.objects.visible_to(actor).filter(event=event)
    invited = asked.exclude(state=InvitationState.PLANNED)
    came = Presence.objects.visible_to(actor).filter(event=event)
    meetings = Meeting.objects.visible_to(actor).filter(event=event)
    signed = Agreement.objects.visible_to(actor).filter(event=event).exclude(state=AgreementState.PREPARED)
    kept = any(rows.exists() for rows in (target, asked, came, meetings))
    found = (
        (pgettext_lazy("step", "Targeted"), target.filter(dropped_at=None), _("people on the target list")),
        (pgettext_lazy("step", "Invited"), invited, _("invitations sent")),
        (pgettext_lazy("step", "Accepted"), invited.filter(state__in=COMING), _("on site or online")),
        (
            pgettext_lazy("step", "Came on site"),
            came.filter(mode=AttendanceMode.ON_SITE),
            _("people noted at the door"),
        ),
        (pgettext_lazy("step", "Came online"), came.filter(mode=AttendanceMode.ONLINE), _("people noted online")),
        (pgettext_lazy("step", "Met"), meetings.filter(state=MeetingState.HELD), _("meetings that took place")),
        (pgettext_lazy("step", "Signed"), signed, _("agreements signed there")),
        (pgettext_lazy("step", "Projects"), projects, _("projects opened from it")),
    )
    counts = [(label, rows.count(), note) for label, rows, note in found]
    return tuple(ReturnStep(label, count if count or kept else None, note) for label, count, note in counts)


def _jobs(group: Sequence[int], projects: QuerySet[Project], actor: Actor) -> list[Figure]:
    """The figures of people that name the event, and those of its projects that name no other."""
    own = projects.filter(origin=ProjectOrigin.ANNOUNCEMENT).exclude(origin_key="").values_list("origin_key", flat=True)
    about = Q(links__subject__in=projects.values("subject")) | Q(links__subject__in=list(group))
    rows = Figure.objects.visible_to(actor).current().filter(about | Q(public_id__in=list(own))).distinct()
    rows = rows.filter(measure__in=[m.value for m in PEOPLE], kind__in=[kind.value for kind in KINDS])
    figures = list(loaded_figures(rows).order_by("pk"))
    tied = projects_of_figures(actor, figures)
    return [
        figure for figure in figures if not set(group).isdisjoint(group_key(one) for one in events_of(figure, tied))
    ]
