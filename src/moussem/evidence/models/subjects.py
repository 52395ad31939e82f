"""Subjects: what a figure can be about, whatever room it lives in."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.models import Publishable
from moussem.evidence.enums import SubjectKind


class SubjectQuerySet(TenantQuerySet):
    """Subjects as an actor may see them."""

    def with_canonical(self) -> Self:
        """Annotates `group`: the subject that stands for this one after merging, or itself."""
        return self.annotate(group=Coalesce(F("canonical_id"), F("id")))

    def same_as(self, subject: "Subject") -> Self:
        """The subject that stands for `subject`, and every one merged into it."""
        group = subject.canonical_id or subject.pk
        return self.filter(Q(pk=group) | Q(canonical=group))


class Subject(TenantRow, Publishable):
    """An organisation, person, place, park, event... as evidence knows it: a kind, a label and an address, told
    from above.

    `public_id` is that of the thing itself. `canonical` is the subject that stands for this one after a merge;
    nothing is
    repointed, so an undo is one null.
    """

    kind = models.CharField(max_length=12, choices=SubjectKind)
    label = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True)
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    within = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    objects = SubjectQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("kind", "id"), name="subject_kind"),
            # Only the few merged rows: an index of all would be taken for "merged into none", which nearly all are.
            models.Index(fields=("canonical",), condition=Q(canonical__isnull=False), name="subject_merged"),
        )
