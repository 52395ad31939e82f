"""Statements: cited facts that are no number; and contradictions, which are shown and never resolved by us."""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.core.models import Publishable, period_columns
from moussem.evidence.enums import StatementKind, SubjectRole
from moussem.evidence.models.documents import Citation
from moussem.evidence.models.figures import Figure, Told
from moussem.evidence.models.subjects import Subject


class Statement(
    TenantRow,
    Publishable,
    Told,
    period_columns("period"),
    period_columns("horizon"),
    period_columns("stated_on"),
):
    """A fact in our own words, with its citations and whom or what it is about.

    `forward` is True where it says what will be (an announced opening); its horizon is then when.
    """

    key = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=StatementKind)
    words = models.JSONField()
    forward = models.BooleanField(default=False)
    subjects = models.ManyToManyField(Subject, through="StatementSubject", related_name="statements")
    citations = models.ManyToManyField(Citation, related_name="statements")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("promoter", "key"), condition=~Q(key=""), name="statement_key_once"),
        )


class StatementSubject(models.Model):
    """Whom or what a statement is about, and in which role."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="links")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statement_links")
    role = models.CharField(max_length=12, choices=SubjectRole)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("statement", "subject", "role"), name="statement_subject_once"),)
        indexes = (models.Index(fields=("subject", "statement"), name="statement_of_subject"),)


class Contradiction(TenantRow, Publishable):
    """Figures or statements that cannot all be so. Both sides stay visible, each with its document."""

    key = models.CharField(max_length=120, blank=True)
    words = models.JSONField()
    figures = models.ManyToManyField(Figure, related_name="contradictions", blank=True)
    statements = models.ManyToManyField(Statement, related_name="contradictions", blank=True)
