"""What waits for a person at a promoter today, gathered from every room, under the verbs of the way."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from moussem.actions.domain.queries.actions import ActionLine, next_steps
from moussem.actions.permissions import can_act, can_see_actions
from moussem.core.actor import Actor
from moussem.core.navigation import VERB_LABELS, WAY, NavigationItem, Verb, items_for
from moussem.core.waiting import WaitingGroup, waiting_for
from moussem.events.permissions import can_organise


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of the way with the pages that the actor may open."""

    label: str | Promise
    items: tuple[NavigationItem, ...]


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """One verb of the way with what waits under it."""

    verb: Verb
    label: str | Promise
    groups: tuple[WaitingGroup, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What is to be done next (None for those who do not see it), what waits for a person, and the way with what can be
    opened from it. `may_plan`: a gathering may be planned from here.
    """

    actions: tuple[ActionLine, ...] | None
    may_act: bool
    may_plan: bool
    waiting: tuple[WaitingStep, ...]
    steps: tuple[Step, ...]

    @property
    def first(self) -> tuple[NavigationItem, ...]:
        """The first page of the way that the actor may open: where one starts when nothing waits; at most one."""
        return self.steps[0].items[:1] if self.steps else ()


def today(actor: Actor, promoter_slug: str, *, on: date) -> Today:
    """What waits at the actor's promoter; nothing that waits is left out, nothing that is settled is shown."""
    steps = [Step(VERB_LABELS[verb], tuple(items_for(actor, verb))) for verb in WAY]
    found = waiting_for(actor, promoter_slug)
    waiting = [WaitingStep(verb, VERB_LABELS[verb], tuple(found[verb])) for verb in WAY if verb in found]
    actions = tuple(next_steps(actor, today=on)) if can_see_actions(actor) else None
    return Today(
        actions, can_act(actor), can_organise(actor), tuple(waiting), tuple(step for step in steps if step.items)
    )
