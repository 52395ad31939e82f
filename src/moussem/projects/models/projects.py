"""Projects, their stages, and the second person who confirms a passage."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.core.models import Publishable
from moussem.directory.models import Establishment, Organisation, Park, Place
from moussem.events.models import Event
from moussem.evidence.models import Citation, Subject
from moussem.projects.enums import PassageState, ProjectOrigin, ProjectStatus, Stage


class ProjectQuerySet(TenantQuerySet):
    """Projects as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's, the published ones, and for an operator's user those of their own organisation."""
        sight = super().sight(actor)
        if actor.kind == "user" and actor.organisation_pks:
            sight |= Q(organisation__in=actor.organisation_pks)
        return sight

    def of_event(self, event_key: str) -> Q:
        """Those that came from the one event."""
        return Q(event__public_id=event_key)


class Project(TenantRow, Publishable):
    """An investment from prospect to counted jobs. Stage and status are apart.

    Its promises and returns are figures about its subject. `origin` says what opened it, `origin_key` which row
    (unique, so that the same news opens one project). `lost_to` names the destination that won where it was lost.
    `follows` is the project it reinvests after.
    """

    name = models.JSONField()
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    park = models.ForeignKey(Park, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    establishment = models.ForeignKey(
        Establishment, null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    origin = models.CharField(max_length=12, choices=ProjectOrigin)
    origin_key = models.CharField(max_length=80, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PROSPECT)
    stage_since = models.DateTimeField()
    status = models.CharField(max_length=10, choices=ProjectStatus, default=ProjectStatus.ONGOING)
    lost_to = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="project")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("promoter", "origin", "origin_key"), condition=~Q(origin_key=""), name="project_origin_once"
            ),
        )
        indexes = (models.Index(fields=("promoter", "stage", "-stage_since", "-public_id"), name="project_stage"),)

    @property
    def origin_figure_key(self) -> str:
        """The public identifier of the announced figure that opened it; "" where something else did."""
        return self.origin_key if self.origin == ProjectOrigin.ANNOUNCEMENT else ""


class OfProjectQuerySet(TenantQuerySet):
    """Rows of a project that the promoter's staff see only."""


class StageEntry(TenantRow):
    """A line of a project's log: from which stage and status to which, when, by whom (and which second person)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="log")
    from_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=12, choices=Stage)
    status = models.CharField(max_length=10, choices=ProjectStatus)
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    second_label = models.CharField(max_length=200, blank=True)

    objects = OfProjectQuerySet.as_manager()


class Passage(TenantRow):
    """The wish to pass to a stage that needs evidence and a second person, and what that person said."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="passages")
    to_stage = models.CharField(max_length=12, choices=Stage)
    state = models.CharField(max_length=10, choices=PassageState, default=PassageState.ASKED)
    evidence_words = models.CharField(max_length=300)
    citation = models.ForeignKey(Citation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    asked_label = models.CharField(max_length=200)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_label = models.CharField(max_length=200, blank=True)
    answered_words = models.CharField(max_length=300, blank=True)

    objects = OfProjectQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("project",), condition=Q(state="asked"), name="passage_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(answered_by="") | ~Q(answered_by=F("asked_by")), name="passage_four_eyes"
            ),
        )
