"""What a promoter starts its gatherings from."""

from django.db import models

from moussem.accounts.models import TenantRow
from moussem.events.enums import EventKind


class Template(TenantRow):
    """A promoter's own template of one kind of gathering. `outline` holds its spaces, agenda, kinds of guests, mails
    and tasks (`domain.outlines`); `code` is the ready-made one that it was copied from, in whose place it stands.
    """

    name = models.JSONField()
    kind = models.CharField(max_length=12, choices=EventKind)
    code = models.CharField(max_length=12, choices=EventKind)
    outline = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = (models.Index(fields=("promoter", "withdrawn_at", "public_id"), name="template_standing"),)
