"""Series, events, spaces, sessions, and the parts that organisations and people take in them."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import Promoter, TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, period_columns
from moussem.directory.models import Organisation, Person, Place
from moussem.events.enums import EventKind, EventMode, PartKind, SpaceKind
from moussem.evidence.models import Subject


class Series(TenantRow, Publishable):
    """A gathering that comes back: a show with its editions, a cycle of meetings."""

    name = models.JSONField()
    acronym = models.CharField(max_length=30, blank=True)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="series")


class EventQuerySet(TenantQuerySet):
    """Events as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, those one's promoter organises with others, and the published ones."""
        if not (actor.promoter_pk and actor.roles) or actor.event_key:
            return super().sight(actor)
        organised = EventOrganiser.objects.filter(organiser=actor.promoter_pk)
        return super().sight(actor) | Q(pk__in=organised.values("event"))

    def of_event(self, event_key: str) -> Q:
        """The one event."""
        return Q(public_id=event_key)


class Event(TenantRow, Publishable, period_columns("period")):
    """One gathering. Dates may be missing; `edition` is its number in the series; `margins_of` is the event beside
    which it was held.

    `seats_on_site` and `seats_online` limit the guests of each mode (null: no limit is set); `zone` is the time zone of
    its wall clock ("": not set). `letters` are the event's own words in its mails, by letter and language; where there
    are none the house's stand. `cancelled_at` is when it was called off (null: it takes place).
    """

    kind = models.CharField(max_length=12, choices=EventKind)
    name = models.JSONField()
    theme = models.JSONField(default=dict, blank=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    mode = models.CharField(max_length=10, choices=EventMode, default=EventMode.NOT_STATED)
    margins_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="beside")
    description = models.JSONField(default=dict, blank=True)
    seats_on_site = models.PositiveIntegerField(null=True, blank=True)
    seats_online = models.PositiveIntegerField(null=True, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    letters = models.JSONField(default=dict, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="event")

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("-period_start", "-public_id"), name="event_newest"),)


class EventOrganiser(TenantRow):
    """Another promoter that organises the event with its owner."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="organisers")
    organiser = models.ForeignKey(Promoter, on_delete=models.PROTECT, related_name="+")


class OfEventQuerySet(TenantQuerySet):
    """Rows that are open exactly when their event is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published events."""
        return super().sight(actor) | Q(event__published_at__isnull=False)

    def of_event(self, event_key: str) -> Q:
        """What belongs to the one event."""
        return Q(event__public_id=event_key)


class GuestKind(TenantRow):
    """A kind of guest an event wishes for (heads of firms, IT directors), and how many of them (null: not set)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="guest_kinds")
    name = models.JSONField()
    wanted = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfEventQuerySet.as_manager()


class PartQuerySet(OfEventQuerySet):
    """Parts: of somebody the public may know."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published events whose person and organisation are published, where there is one;
        one in a session only once it stands in the published agenda.
        """
        person = Q(person=None) | Q(person__published_at__isnull=False)
        organisation = Q(organisation=None) | Q(organisation__published_at__isnull=False)
        announced = Q(session=None) | Q(announced_at__isnull=False)
        public = Q(event__published_at__isnull=False) & announced & person & organisation
        return (self.own(actor) | public) & Q(dropped_at=None)


class Space(TenantRow):
    """A part of an event, with its capacity on site and online (null: not stated)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="spaces")
    kind = models.CharField(max_length=12, choices=SpaceKind)
    name = models.JSONField()
    position = models.PositiveSmallIntegerField(default=0)
    capacity_on_site = models.PositiveIntegerField(null=True, blank=True)
    capacity_online = models.PositiveIntegerField(null=True, blank=True)

    objects = OfEventQuerySet.as_manager()


class SessionQuerySet(OfEventQuerySet):
    """Sessions: a draft until they stand in a published agenda."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published events that stand in the published agenda."""
        return self.own(actor) | Q(event__published_at__isnull=False, announced_at__isnull=False)


class Session(TenantRow):
    """Something that happens at an event: a speech, a panel, a signing. Times are null where the source is silent.

    `starts_at` is the UTC instant; `local_time` and `zone` what the clock on the wall said. `interpretation` lists the
    codes of the languages into which it is interpreted, `expected` how many people are expected on site (null: not
    stated). `announced_at` is when it came into the published agenda (null: it stands in none, or no more),
    `cancelled_at` when it was called off.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    title = models.JSONField()
    topics = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    language = models.CharField(max_length=5, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    local_time = models.CharField(max_length=16, blank=True)
    zone = models.CharField(max_length=40, blank=True)
    interpretation = models.JSONField(default=list, blank=True)
    expected = models.PositiveIntegerField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SessionQuerySet.as_manager()


class Part(TenantRow):
    """The part that a person or an organisation takes in an event, or in one of its sessions. `words` as the source
    puts it; `dropped_at` is when it was taken out of the programme again; `announced_at` when it came into the
    published agenda (null: it stands in none).
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="parts")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=12, choices=PartKind)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    words = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False) | ~Q(words={}),
                name="part_of_somebody",
            ),
        )


class Stop(TenantRow, period_columns("period")):
    """A place where an itinerant exhibition stands; `place` is null where only *somewhere else* is stated."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="stops")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="stops")
    words = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = OfEventQuerySet.as_manager()
