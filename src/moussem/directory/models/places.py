"""Places and parks."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.core.models import Publishable
from moussem.core.texts import say
from moussem.directory.enums import PlaceKind
from moussem.evidence.models import Subject


class Place(TenantRow, Publishable):
    """A country (ISO 3166-1), a region (ISO 3166-2) or a city; `within` is the place it lies in. `name` is by
    language.
    """

    kind = models.CharField(max_length=8, choices=PlaceKind)
    code = models.CharField(max_length=10, blank=True)
    name = models.JSONField()
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    note = models.JSONField(default=dict, blank=True)
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="place")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("promoter", "code"), condition=~Q(code=""), name="place_code_once"),
        )

    def __str__(self) -> str:
        return say(self.name) or self.code


class Park(TenantRow, Publishable):
    """A business park in a city; `operator_words` as the sources name who runs it."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="parks")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="park")

    class Meta:
        indexes = (models.Index(fields=("name", "public_id"), name="park_name"),)

    def __str__(self) -> str:
        return self.name
