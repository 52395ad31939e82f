"""The words of evidence; those of figures come from the engine, so that they are the same everywhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moussem.engines.values import kinds


class Kind(models.TextChoices):
    """How a figure is known. Kinds are never added together."""

    PLANNED = kinds.Kind.PLANNED.value, _("planned")
    ANNOUNCED = kinds.Kind.ANNOUNCED.value, _("announced")
    CONTRACTED = kinds.Kind.CONTRACTED.value, _("contracted")
    REPORTED = kinds.Kind.REPORTED.value, _("reported")
    DECLARED = kinds.Kind.DECLARED.value, _("declared")
    VERIFIED = kinds.Kind.VERIFIED.value, _("verified")
    OBSERVED = kinds.Kind.OBSERVED.value, _("observed")


class SubjectKind(models.TextChoices):
    """What stands behind a subject."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    PARK = "park", _("Park")
    SERIES = "series", _("Series")
    EVENT = "event", _("Event")
    AGREEMENT = "agreement", _("Agreement")
    PROJECT = "project", _("Project")
    PROGRAMME = "programme", _("Programme")


class SubjectRole(models.TextChoices):
    """What a subject is to a figure or a statement."""

    HOLDER = kinds.Role.HOLDER.value, _("holder")
    PLACE = kinds.Role.PLACE.value, _("place")
    PARK = kinds.Role.PARK.value, _("park")
    EVENT = kinds.Role.EVENT.value, _("event")
    PROJECT = kinds.Role.PROJECT.value, _("project")
    PROGRAMME = kinds.Role.PROGRAMME.value, _("programme")
    PERSON = "person", _("person")
    PARTY = "party", _("party")
    OTHER = "other", _("about")


class AddressKind(models.TextChoices):
    """What an address is; only a publisher's own is shown as a link."""

    PUBLISHER = "publisher", _("publisher's address")
    STORED_COPY = "stored_copy", _("stored copy")
    AGGREGATOR = "aggregator", _("as carried by another site")
    NONE = "none", _("no address")


class DocumentKind(models.TextChoices):
    """What a document is."""

    TEXT = "text", _("Text")
    SOURCE = "source", _("Source")


class StatementKind(models.TextChoices):
    """What a fact that is no number tells."""

    OPENING = "opening", _("Opening")
    STARTED = "started", _("Started")
    ROLE = "role", _("Role")
    TESTIMONY = "testimony", _("Testimony")
    SPEECH = "speech", _("Spoken")
    THEME = "theme", _("Theme")
    AGREEMENT = "agreement", _("Agreement")
    OBJECTIVE = "objective", _("Objective")
    RULE = "rule", _("Rule")
    AWARD = "award", _("Award")
    LISTING = "listing", _("Listing")
    PLAN = "plan", _("Plan")
    PRESENCE = "presence", _("Presence")
    FACT = "fact", _("Fact")
