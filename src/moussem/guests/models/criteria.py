"""What a target list looks for, how each target stands against it, and the four questions before inviting.

For the team and the person concerned only: an officer who reads the desk reads none of these rows.
"""

from django.db import models
from django.db.models import Q

from moussem.accounts.models import TenantRow
from moussem.core.actor import Actor
from moussem.engines.targeting.criterion import LEAST_WEIGHT, MOST_WEIGHT
from moussem.events.models import Event
from moussem.guests.enums import CriterionField, PrequalificationQuestion, Verdict
from moussem.guests.models.guests import OfGatheringQuerySet, Target
from moussem.guests.permissions import can_see_scores


class CriterionQuerySet(OfGatheringQuerySet):
    """Criteria, for the team that invites."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's, for its team."""
        return self.own(actor) if can_see_scores(actor) else Q(pk__in=())


class Criterion(TenantRow):
    """What a list looks for: a field, the values or ends, the weight, the order.

    `values` is a list of {"key", "label"}: what is looked for, by the name that the directory knows it by, and as it is
    called (a text, or texts by language); a place also has "country", the key of its country. `low` and `high` are
    the ends of a number, both included. `question` is what people answer themselves. A dropped one counts no more.
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="criteria")
    field = models.CharField(max_length=20, choices=CriterionField)
    values = models.JSONField(default=list, blank=True)
    low = models.PositiveIntegerField(null=True, blank=True)
    high = models.PositiveIntegerField(null=True, blank=True)
    question = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(weight__gte=LEAST_WEIGHT, weight__lte=MOST_WEIGHT), name="criterion_weight_in_bounds"
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(high__gte=models.F("low")), name="criterion_ends_in_order"
            ),
            models.CheckConstraint(
                condition=Q(field=CriterionField.QUESTION) | Q(question=""), name="criterion_asks_or_looks"
            ),
        )


class OfTargetQuerySet(OfGatheringQuerySet):
    """What is kept about a target: for the team that invites, and for the person by the link of their invitation."""

    def sight(self, actor: Actor) -> Q:
        """One's own promoter's, for its team; and, for the person with the link, what is kept about them."""
        if actor.kind == "link":
            return Q(target__invitation__link__public_id=actor.id, promoter=actor.promoter_pk)
        return self.own(actor) if can_see_scores(actor) else Q(pk__in=())

    def of_event(self, event_key: str) -> Q:
        """What belongs to a target of the one event."""
        return Q(target__event__public_id=event_key)


class Standing(TenantRow):
    """How a target stands against the criteria of its list, at one time.

    `points` (0 to 100, null: nothing could be judged) and `share` (percent of the weight that was judged) as the engine
    gives them; `sort_code` sorts, the best first. `assessment` has a line for each criterion, with all that a page or a
    letter to the person says of it, frozen: later corrections of the directory change nothing until it is judged again.
    """

    target = models.OneToOneField(Target, on_delete=models.PROTECT, related_name="standing")
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    share = models.PositiveSmallIntegerField(default=0)
    sort_code = models.CharField(max_length=11)
    assessment = models.JSONField(default=list)
    judged_at = models.DateTimeField()

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(share__lte=100) & (Q(points=None) | Q(points__lte=100)), name="standing_in_bounds"
            ),
        )


class Judgement(TenantRow):
    """What a person answers to one criterion about one target, with the words: it counts, not the computed one."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="judgements")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="judgements")
    answer = models.CharField(max_length=10, choices=Verdict)
    words = models.CharField(max_length=300, blank=True)
    judged_by = models.CharField(max_length=200)
    judged_at = models.DateTimeField()

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("target", "criterion"), name="judgement_once"),)


class Prequalification(TenantRow):
    """The answer to one of the four questions about a target, in words, by whom and when. Not asked yet: no row."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="prequalifications")
    question = models.CharField(max_length=8, choices=PrequalificationQuestion)
    answer = models.CharField(max_length=10, choices=Verdict)
    words = models.CharField(max_length=300, blank=True)
    answered_by = models.CharField(max_length=200)
    answered_at = models.DateTimeField()

    objects = OfTargetQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("target", "question"), name="prequalification_once"),)
