"""Statements: cited facts that are no number; and contradictions, which are shown and never resolved by us."""

from typing import Self

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.core.models import Publishable, period_columns
from moussem.engines.values.period import Period
from moussem.evidence.enums import StatementKind, SubjectRole
from moussem.evidence.models.documents import Citation
from moussem.evidence.models.figures import Figure, Told, moment_of
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

    @property
    def dated(self) -> Period | None:
        """Where it stands on a timeline: when it was said if it looks forward, else the time it is about."""
        return (self.stated_on or self.period) if self.forward else (self.period or self.stated_on)


class StatementSubject(models.Model):
    """Whom or what a statement is about, and in which role; `moment` and `entry` as in `FigureSubject`. Build it by
    `tie`.
    """

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="links")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="statement_links")
    role = models.CharField(max_length=12, choices=SubjectRole)
    moment = models.PositiveIntegerField(default=0)
    entry = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("statement", "subject", "role"), name="statement_subject_once"),)
        indexes = (models.Index(fields=("subject", "moment", "entry"), name="statement_on_timeline"),)

    @classmethod
    def tie(cls, statement: Statement, subject: Subject, role: SubjectRole | str) -> Self:
        """The unsaved link of a statement to a subject."""
        moment = moment_of(statement.dated)
        return cls(statement=statement, subject=subject, role=role, moment=moment, entry=statement.public_id)


class Contradiction(TenantRow, Publishable):
    """Figures or statements that cannot all be so. Both sides stay visible, each with its document."""

    key = models.CharField(max_length=120, blank=True)
    words = models.JSONField()
    figures = models.ManyToManyField(Figure, related_name="contradictions", blank=True)
    statements = models.ManyToManyField(Statement, related_name="contradictions", blank=True)
