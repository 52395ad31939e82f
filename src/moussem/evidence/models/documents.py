"""Documents, their passages in order, what they do not state, and citations of them."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, StoredFile, period_columns
from moussem.evidence.enums import AddressKind, DocumentKind


class Document(TenantRow, Publishable, period_columns("published_on")):
    """A text from which facts are taken. Title, publisher and date are empty where the text does not state them.

    `digest` is the SHA-256 of the text file. `full_text` is filled only where the operator has the text at hand; it is
    shown to whom the installation allows and never exported. `found_elsewhere` names the fields that were not in
    the text
    itself.
    """

    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=DocumentKind, default=DocumentKind.TEXT)
    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, blank=True)
    address = models.CharField(max_length=500, blank=True)
    address_kind = models.CharField(max_length=12, choices=AddressKind, default=AddressKind.NONE)
    consulted_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    found_elsewhere = models.JSONField(default=list, blank=True)
    full_text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("promoter", "key"), name="document_key_once"),)

    def __str__(self) -> str:
        return self.title or self.key


class OfDocumentQuerySet(TenantQuerySet):
    """Rows that are open exactly when their document is."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published documents."""
        return super().sight(actor) | Q(document__published_at__isnull=False)


class Passage(TenantRow):
    """A stretch of a document's text, by character offsets, known by a fragment of at most 12 of its words.

    Where the text is not at hand the offsets only keep the order: each passage is as long as its fragment.

    `taken` is False where nothing became a record; `reason` then says why.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages")
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    fragment = models.CharField(max_length=200)
    taken = models.BooleanField(default=True)
    reason = models.JSONField(default=dict, blank=True)

    objects = OfDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("document", "position")
        constraints = (
            models.UniqueConstraint(fields=("document", "position"), name="passage_position_once"),
            models.CheckConstraint(condition=Q(end__gt=models.F("start")), name="passage_not_empty"),
        )


class Silence(TenantRow):
    """What a document does not state, so that nobody has to wonder whether it was overlooked."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="silences")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="silences")
    position = models.PositiveSmallIntegerField(default=0)
    words = models.JSONField()

    objects = OfDocumentQuerySet.as_manager()


class CitationQuerySet(OfDocumentQuerySet):
    """Citations. What a promoter cites of another's document is its own affair until something public rests on it."""

    def sight(self, actor: Actor) -> Q:
        """One's own; of published documents those by their keeper, and those on which a public record rests."""
        kept = Q(promoter=F("document__promoter"))
        return self.own(actor) | Q(document__published_at__isnull=False) & (
            kept | _holds("figures") | _holds("statements")
        )


def _holds(records: str) -> Exists:
    """Whether a published figure or statement whose embargo is over rests on a citation."""
    open_now = Q(**{f"{records}__published_at__isnull": False})
    if records == "figures":
        open_now &= Q(figures__embargo_until=None) | Q(figures__embargo_until__lte=Now())
    return Exists(Citation._base_manager.filter(open_now, pk=OuterRef("pk")))


class Citation(TenantRow):
    """An exact quote of a document, at most 12 words, with its place: passage, paragraph, and the span in the text.

    The document may be another promoter's, once it is published. `quote` is empty for sources of which only figure,
    address and paragraph may be carried.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="citations")
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)

    objects = CitationQuerySet.as_manager()


class CitedRecordQuerySet(TenantQuerySet):
    """Ties between citations and records."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and those of published documents by whoever keeps the document."""
        opened = Q(citation__document__published_at__isnull=False, promoter=F("citation__document__promoter"))
        return super().sight(actor) | opened

    def about(self, kind: str, key: object) -> Self:
        """The ties of one record."""
        return self.filter(kind=kind, key=key)


class CitedRecord(TenantRow):
    """Any record of any room that a citation became: by kind and key, with the label and address its room gave."""

    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(max_length=40)
    key = models.UUIDField()
    label = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True)

    objects = CitedRecordQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("citation", "kind", "key"), name="cited_record_once"),)
        indexes = (models.Index(fields=("kind", "key"), name="cited_record"),)
