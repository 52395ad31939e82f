"""Links for guests and signatories, and tokens for the API: one purpose each, expiring, revocable."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from moussem.accounts.enums import LinkPurpose, TokenVerb
from moussem.accounts.models.promoters import TenantRow


class Link(TenantRow):
    """A personal link without a password. The address carries id and HMAC(key, id, purpose, generation), never stored.

    Raising `generation` makes every earlier address void. `object_kind`, `object_key` name what it opens,
    `person_label` whom
    it was made for, `language` in which language it speaks.
    """

    purpose = models.CharField(max_length=12, choices=LinkPurpose)
    object_kind = models.CharField(max_length=40)
    object_key = models.UUIDField()
    person_label = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="fr")
    generation = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("object_kind", "object_key"), name="link_object"),)


class Token(TenantRow):
    """A Bearer token for the API: which verbs, at which promoter, for which event (null: any of the promoter's).

    Only the SHA-256 of the token is kept; `hint` is its first characters, so that its owner recognises it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    verbs = models.JSONField(default=list)
    event_key = models.UUIDField(null=True, blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    @property
    def verb_labels(self) -> list[str]:
        """What the token may do, as a person reads it."""
        return [str(TokenVerb(verb).label) for verb in self.verbs]

    def stands(self, at: datetime) -> bool:
        """Whether the token still opens anything at this time; the end is excluded."""
        return self.revoked_at is None and at < self.expires_at


class Knock(models.Model):
    """How often an address tried links that do not exist within one hour. The address is kept as a keyed digest only.

    This is no tenant's row: an unknown link belongs to nobody.
    """

    address_digest = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=("address_digest", "hour"), name="knock_once_an_hour"),)
