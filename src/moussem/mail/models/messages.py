"""Messages to be sent: template and identifiers, rendered when sent; links are recomputed then and never stored."""

from django.db import models
from django.db.models.functions import Now

from moussem.accounts.models import TenantRow
from moussem.mail.enums import MessageState, SuppressionReason


class Message(TenantRow):
    """One mail to one address. `key` makes one effect one mail; `message_id` stays the same however often it is
    tried. `batch` names what was queued by one act, and may be withdrawn together until `not_before`, when the first of
    it may leave (null: at once). `returned_at` is when a mail that was sent came back.
    """

    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    address = models.EmailField()
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    not_before = models.DateTimeField(null=True)
    batch = models.UUIDField(null=True)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("promoter", "-id"), name="message_newest"),
            models.Index(fields=("batch",), condition=models.Q(batch__isnull=False), name="message_batch"),
        )


class SentCopy(models.Model):
    """What was sent, kept where the demonstration shows its mail; never outside the demonstration."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="copy")
    source = models.TextField()


class Suppression(TenantRow):
    """An address that a promoter no longer writes to; checked before each sending."""

    address = models.EmailField()
    reason = models.CharField(max_length=10, choices=SuppressionReason)
    since = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("promoter", "address"), name="suppression_once"),)
