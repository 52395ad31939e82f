"""Doubtful matches as open questions: which firm is it, and what would each answer change in the totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from moussem.accounts.models import RoleGrant
from moussem.accounts.permissions import EDITORS
from moussem.core.actor import Actor
from moussem.core.asking import Reading, answer, answered, question, side_by_side
from moussem.core.texts import say
from moussem.directory.models import Organisation, OrganisationMatch
from moussem.directory.permissions import can_decide_matches
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind
from moussem.engines.values.total import effect_of_match
from moussem.evidence.domain.queries.lines import measure_label
from moussem.evidence.models import FigureSubject
from moussem.observatory.domain.queries import sums
from moussem.observatory.domain.queries.ground import AROUND, Ground, extent_of, ground_of


@dataclass(frozen=True, slots=True)
class Effect:
    """One sum before a decision and after either answer, in words."""

    label: str
    kind: str
    now: str
    if_same: str
    if_other: str

    @property
    def differs(self) -> bool:
        """Whether the answer changes the sum."""
        return len({self.now, self.if_same, self.if_other}) > 1


@dataclass(frozen=True, slots=True)
class Question:
    """Whether an unnamed firm is a named one; `may_decide` says whether this reader may answer it, on the desk of
    `promoter`.
    """

    key: str
    unnamed: str
    named: str
    reason: str
    effects: tuple[Effect, ...]
    promoter: str
    may_decide: bool


def questions_of(ground: Ground, actor: Actor) -> list[Question]:
    """The open questions about firms that hold something here, the oldest first."""
    deciding = answer(_deciding(actor, {match.promoter_id for match in ground.matches}))
    return [_question(ground, match, deciding) for match in ground.matches]


@question
def _grants_to_decide(user_key: str, promoters: Sequence[int]) -> "QuerySet[Any]":
    held = RoleGrant.objects.filter(promoter__in=promoters, role__in=EDITORS, ended_at=None)
    return held.filter(user__public_id=user_key).values_list("promoter", flat=True)


def _deciding(actor: Actor, promoters: set[int]) -> Reading[set[int]]:
    """The promoters at which this reader may decide matches: on a public page nobody's desk is open yet."""
    if actor.kind != "user" or not actor.id:
        return set()
    if can_decide_matches(actor) and actor.promoter_pk in promoters:
        return {actor.promoter_pk}
    (held,) = yield [_grants_to_decide(actor.id, sorted(promoters))]
    return set(held)


@answered
def question_about(match: OrganisationMatch, actor: Actor) -> Reading[Question | None]:
    """The effect of one match on the totals of the places its figures are about; None where it has no figures, and
    where the place is too large for its totals to be worked out while somebody waits.
    """
    (links,) = yield [_places_told((match.left.subject_id,))]
    if not links:
        return None
    place = links[0].subject.within or links[0].subject
    extent = yield from extent_of.reading(place)
    if extent.is_large:
        return None
    ground, deciding = yield from side_by_side(ground_of.reading(place, extent), _deciding(actor, {match.promoter_id}))
    return _question(ground, match, deciding)


@question
def _places_told(subjects: Sequence[int]) -> "QuerySet[FigureSubject]":
    """What the first published figure of these subjects is about: its city or region stands around that."""
    links = FigureSubject.objects.filter(subject__in=subjects, figure__published_at__isnull=False)
    told = FigureSubject.objects.filter(figure__in=links.order_by("pk").values("figure_id")[:1])
    around = told.filter(role__in=("park", "place")).select_related(f"subject__{AROUND}")
    return around.order_by("pk")[:1]


def _question(ground: Ground, match: OrganisationMatch, deciding: set[int]) -> Question:
    return Question(
        key=str(match.public_id),
        unnamed=_name(match.left),
        named=_name(match.right),
        reason=say(match.reasons),
        effects=tuple(_effects(ground, match)),
        promoter=match.promoter.slug,
        may_decide=match.promoter_id in deciding,
    )


def _name(organisation: Organisation) -> str:
    return organisation.name if organisation.named else say(organisation.subject.label) or organisation.name


def _effects(ground: Ground, match: OrganisationMatch) -> list[Effect]:
    unnamed, named = str(match.left.subject_id), str(match.right.subject_id)
    own = [fact for key, fact in ground.facts.items() if ground.is_own(ground.figures[key])]
    touched = {_group(fact) for fact in own if unnamed in fact.holders and fact.kind is not Kind.PLANNED}
    found = []
    for group in sorted(touched):
        facts = [fact for fact in own if _group(fact) == group]
        kind, measure = facts[0].kind, facts[0].measure
        effect = effect_of_match(
            facts, unnamed=unnamed, candidate=named, kind=kind, measure=measure, wider=ground.wider
        )
        said = (sums.words_of(ground, one) for one in (effect.now, effect.if_same, effect.if_other))
        now, if_same, if_other = said
        found.append(Effect(measure_label(measure), kind.value, now, if_same, if_other))
    return found


def _group(fact: FigureFact) -> tuple[str, str, str, str]:
    """What must be equal for two figures to be totalled together, as far as a place's figures differ."""
    return (fact.measure.value, fact.kind.value, fact.scope.value, fact.perimeter)
