"""Doubtful matches as open questions: which firm is it, and what would each answer change in the totals."""

from dataclasses import dataclass

from moussem.accounts.models import RoleGrant
from moussem.accounts.permissions import EDITORS
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.models import Organisation, OrganisationMatch
from moussem.directory.permissions import can_decide_matches
from moussem.engines.values.figure import FigureFact
from moussem.engines.values.kinds import Kind
from moussem.engines.values.total import effect_of_match
from moussem.evidence.domain.queries.lines import measure_label
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.models import Subject
from moussem.observatory.domain.queries import sums
from moussem.observatory.domain.queries.ground import Ground, ground_of
from moussem.observatory.domain.queries.territories import is_large


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
    deciding = _may_decide_at(actor, {match.promoter_id for match in ground.matches})
    return [_question(ground, match, deciding) for match in ground.matches]


def _may_decide_at(actor: Actor, promoters: set[int]) -> set[int]:
    """The promoters at which this reader may decide matches: on a public page nobody's desk is open yet."""
    if actor.kind != "user":
        return set()
    if can_decide_matches(actor) and actor.promoter_pk in promoters:
        return {actor.promoter_pk}
    held = RoleGrant.objects.filter(promoter__in=promoters, role__in=EDITORS, ended_at=None)
    return set(held.filter(user__public_id=actor.id).values_list("promoter", flat=True)) if actor.id else set()


def question_about(match: OrganisationMatch, actor: Actor) -> Question | None:
    """The effect of one match on the totals of the places its figures are about; None where it has no figures, and
    where the place is too large for its totals to be worked out while somebody waits.
    """
    place = _place_of(match.left.subject)
    if place is None or is_large(territory([place])):
        return None
    return _question(ground_of(place), match, _may_decide_at(actor, {match.promoter_id}))


def _place_of(subject: Subject) -> Subject | None:
    """The city or region around what the unnamed firm's first published figure is about."""
    links = subject.figure_links.filter(figure__published_at__isnull=False).order_by("pk")
    first = links.select_related("figure").first()
    if first is None:
        return None
    link = first.figure.links.filter(role__in=("park", "place")).select_related("subject__within").first()
    if link is None:
        return None
    return link.subject.within or link.subject


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
