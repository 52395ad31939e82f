"""Figures: the heart. Append-only; a correction is a new figure that replaces the old one, and both stay."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from moussem.accounts.models import TenantQuerySet, TenantRow
from moussem.core.actor import Actor
from moussem.core.models import Publishable, StoredFile, period_columns
from moussem.engines.values import kinds
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.period import Period
from moussem.engines.values.quantity import Quantity
from moussem.engines.values.units import Unit
from moussem.evidence.enums import Kind, SubjectRole
from moussem.evidence.models.documents import Citation
from moussem.evidence.models.subjects import Subject


def moment_of(period: Period | None) -> int:
    """The place of a period on a timeline: the ordinal of its first day; 0 where no day is stated."""
    return period.start.toordinal() if period and period.start else 0


def _choices(enumeration: Any) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enumeration]


class Told(models.Model):
    """Who said it: a person in a role, for an organisation, or (all empty) the document itself. `told_words` as
    printed.
    """

    stated_by_person = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="said_%(class)ss"
    )
    stated_by_organisation = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="told_%(class)ss"
    )
    stated_by_words = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class FigureQuerySet(TenantQuerySet):
    """Figures as an actor may see them."""

    def sight(self, actor: Actor) -> Q:
        """One's own, and the published ones whose embargo is over."""
        open_now = Q(published_at__isnull=False) & (Q(embargo_until=None) | Q(embargo_until__lte=Now()))
        return self.own(actor) | open_now

    def current(self) -> "FigureQuerySet":
        """Those that no correction replaced."""
        # Said twice negated on purpose: SQLite takes "IS NULL" on a unique index for one row, and would read a million.
        return self.filter(~Q(replaced_by__isnull=False))


class Figure(
    TenantRow,
    Publishable,
    Told,
    period_columns("period"),
    period_columns("horizon"),
    period_columns("stated_on"),
):
    """One value of one measure, of one kind, with its bound, unit, time, subjects and citations.

    `value` and `value_max` are integers in the unit's scale; `value` null means the source names the measure but no
    number. `period` is when it held, `horizon` when it is to be reached (precision *open*: à terme). `perimeter` is the
    version of the series it belongs to. `maybe_within` is a joint figure that may already hold this one (the source
    does
    not say). `embargo_until` keeps a published figure closed until then.
    """

    key = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=40, choices=_choices(Measure))
    value = models.BigIntegerField(null=True, blank=True)
    value_max = models.BigIntegerField(null=True, blank=True)
    bound = models.CharField(max_length=8, choices=_choices(Bound), default=Bound.EQUAL.value)
    unit = models.CharField(max_length=24, choices=_choices(Unit))
    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=20, choices=_choices(Scope), default=Scope.NOT_STATED.value)
    perimeter = models.CharField(max_length=200, blank=True)
    note = models.JSONField(default=dict, blank=True)
    inferred = models.JSONField(default=list, blank=True)
    subjects = models.ManyToManyField(Subject, through="FigureSubject", related_name="figures")
    citations = models.ManyToManyField(Citation, related_name="figures")
    maybe_within = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="may_hold")
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")
    replaced_reason = models.CharField(max_length=300, blank=True)
    verified_by = models.ForeignKey(Subject, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    evidence_file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    embargo_until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("promoter", "key"), condition=~Q(key=""), name="figure_key_once"),
            models.CheckConstraint(
                condition=Q(value_max=None) | Q(value__isnull=False, value_max__gte=models.F("value")),
                name="figure_ends_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind="verified") | Q(verified_by__isnull=False), name="figure_verified_by_a_body"
            ),
        )
        indexes = (
            models.Index(fields=("measure", "kind", "public_id"), name="figure_measure_kind"),
            models.Index(fields=("measure", "public_id"), name="figure_measure"),
            models.Index(fields=("kind", "public_id"), name="figure_kind"),
        )

    @property
    def dated(self) -> Period | None:
        """Where it stands on a timeline: when it was said if it looks forward, else the time it is about."""
        if kinds.Kind(self.kind).looks_forward:
            return self.stated_on or self.period
        return self.period or self.stated_on

    @property
    def quantity(self) -> Quantity | None:
        """The value with its unit and bound; None where the source states no number."""
        if self.value is None:
            return None
        return Quantity(self.value, Unit(self.unit), kinds.Bound(self.bound), self.value_max)


class FigureSubject(models.Model):
    """What a figure is about, and in which role; several holders make it a joint figure.

    `measure`, `kind`, `moment` (see `moment_of`) and `entry` (its public identifier) repeat the figure's own, which
    never change, so that the newest of ten thousand figures of one subject are found by an index. `whole` says that
    the figure names no holder: it speaks of the subject itself, not of a firm there. Build it by `tie`.
    """

    figure = models.ForeignKey(Figure, on_delete=models.CASCADE, related_name="links")
    # Found by the indexes below, which all begin with it.
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="figure_links", db_index=False)
    role = models.CharField(max_length=12, choices=SubjectRole)
    measure = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    moment = models.PositiveIntegerField(default=0)
    entry = models.UUIDField()
    whole = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("figure", "subject", "role"), name="figure_subject_once"),
            models.CheckConstraint(condition=~Q(measure="") & ~Q(kind=""), name="figure_subject_repeats"),
        )
        indexes = (
            models.Index(fields=("subject", "moment", "entry"), name="figure_on_timeline"),
            models.Index(fields=("subject", "entry"), name="figure_about"),
            models.Index(fields=("subject", "measure", "kind", "moment", "entry"), name="figure_of_subject"),
            models.Index(
                fields=("subject", "measure", "moment", "entry"), condition=Q(whole=True), name="figure_of_whole"
            ),
        )

    @classmethod
    def tie(cls, figure: Figure, subject: Subject, role: SubjectRole | str, *, whole: bool = False) -> Self:
        """The unsaved link of a figure to a subject, with what it repeats of the figure."""
        return cls(
            figure=figure,
            subject=subject,
            role=role,
            measure=figure.measure,
            kind=figure.kind,
            moment=moment_of(figure.dated),
            entry=figure.public_id,
            whole=whole,
        )
