"""The published agenda of an event: its versions, and what was drawn of each."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.directory.models import Organisation, Person
from moussem.events.enums import FragmentForm, KeptPage
from moussem.events.models.events import Event, OfEventQuerySet


class AgendaVersion(TenantRow):
    """An event's agenda as it was published: frozen, numbered from 1. `replaced_at` null: it is the one that stands.

    `content` is the agenda (`rendering.agenda`). `people` and `organisations` are those named in it: one that is not
    public any more is not shown.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="agenda_versions")
    number = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=200, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict)
    people = models.ManyToManyField(Person, related_name="+")
    organisations = models.ManyToManyField(Organisation, related_name="+")

    objects = OfEventQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "number"), name="agenda_number_once"),
            models.UniqueConstraint(fields=("event",), condition=Q(replaced_at=None), name="agenda_one_stands"),
        )


class FragmentQuerySet(TenantQuerySet):
    """What was drawn of agendas: open exactly when the event is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published events."""
        return self.own(actor) | Q(agenda__event__published_at__isnull=False)

    def of_event(self, event_key: str) -> Q:
        """What belongs to the one event."""
        return Q(agenda__event__public_id=event_key)


class PageFragment(TenantRow):
    """A page of an event as the public reads it in one language: drawn when the public pages stood at `state` (see
    `audit.domain.marks`), and good as long as they do, at most until `good_until` (excluded; null: no hour changes it).
    `people` and `organisations` are those named in it: one that is not public any more is not shown. `drawing` tells
    the manner in which it was drawn from any other; it may be dropped at any time.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="page_fragments")
    page = models.CharField(max_length=6, choices=KeptPage)
    language = models.CharField(max_length=5)
    body = models.TextField()
    good_until = models.DateTimeField(null=True, blank=True)
    state = models.PositiveBigIntegerField()
    drawing = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    people = models.ManyToManyField(Person, related_name="+")
    organisations = models.ManyToManyField(Organisation, related_name="+")

    objects = OfEventQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "page", "language"), name="page_fragment_once"),)


class AgendaFragment(TenantRow):
    """A published version as it is handed out in one language: the body of its page, or a feed. It may be dropped at
    any time: it is drawn anew from its version. `drawing` tells the manner in which it was drawn from any other.
    """

    agenda = models.ForeignKey(AgendaVersion, on_delete=models.CASCADE, related_name="fragments")
    form = models.CharField(max_length=8, choices=FragmentForm)
    language = models.CharField(max_length=5)
    body = models.TextField()
    drawing = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()

    objects = FragmentQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("agenda", "form", "language"), name="agenda_fragment_once"),)
