"""The return of an event: targeted, invited, accepted, came, met, signed, projects, and the jobs by kind."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.agreements.enums import AgreementState
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.evidence.domain.queries.lines import loaded_figures
from moussem.evidence.models import Figure
from moussem.guests.enums import COMING, AttendanceMode, InvitationState
from moussem.guests.models import Invitation, Presence, Target
from moussem.meetings.enums import MeetingState
from moussem.meetings.models import Meeting
from moussem.observatory.domain.queries.counts import KINDS, MeasureCount, counted
from moussem.observatory.domain.queries.sums import PEOPLE
from moussem.projects.models import Project


@dataclass(frozen=True, slots=True)
class ReturnStep:
    """One step of the way from the list to the project: how many, and what that counts in words."""

    label: str | Promise
    count: int
    note: str | Promise = ""


@dataclass(frozen=True, slots=True)
class EventReturn:
    """What became of an event. Steps are counts of our own rows; jobs are figures with their sources, kinds apart."""

    event: Event
    steps: tuple[ReturnStep, ...]
    jobs: tuple[MeasureCount, ...]


def return_of(event: Event, actor: Actor) -> EventReturn:
    """The return of an event as its promoter's staff sees it."""
    invited = Invitation.objects.visible_to(actor).filter(event=event).exclude(state=InvitationState.PLANNED)
    came = Presence.objects.visible_to(actor).filter(event=event)
    projects = Project.objects.visible_to(actor).filter(Q(event=event) | Q(agreement__event=event))
    signed = Agreement.objects.visible_to(actor).filter(event=event).exclude(state=AgreementState.PREPARED)
    held = Meeting.objects.visible_to(actor).filter(event=event, state=MeetingState.HELD)
    steps = (
        ReturnStep(
            pgettext_lazy("step", "Targeted"),
            Target.objects.visible_to(actor).filter(event=event, dropped_at=None).count(),
            _("people on the target list"),
        ),
        ReturnStep(pgettext_lazy("step", "Invited"), invited.count(), _("invitations sent")),
        ReturnStep(pgettext_lazy("step", "Accepted"), invited.filter(state__in=COMING).count(), _("on site or online")),
        ReturnStep(
            pgettext_lazy("step", "Came on site"),
            came.filter(mode=AttendanceMode.ON_SITE).count(),
            _("people noted at the door"),
        ),
        ReturnStep(
            pgettext_lazy("step", "Came online"),
            came.filter(mode=AttendanceMode.ONLINE).count(),
            _("people noted online"),
        ),
        ReturnStep(pgettext_lazy("step", "Met"), held.count(), _("meetings that took place")),
        ReturnStep(pgettext_lazy("step", "Signed"), signed.count(), _("agreements signed there")),
        ReturnStep(pgettext_lazy("step", "Projects"), projects.count(), _("projects opened from it")),
    )
    return EventReturn(event=event, steps=steps, jobs=counted(_jobs(projects, actor), actor))


def _jobs(projects: QuerySet[Project], actor: Actor) -> list[Figure]:
    subjects = projects.values("subject")
    rows = Figure.objects.visible_to(actor).current().filter(links__subject__in=subjects).distinct()
    rows = rows.filter(measure__in=[m.value for m in PEOPLE], kind__in=[kind.value for kind in KINDS])
    return list(loaded_figures(rows).order_by("pk"))
