"""The thread of one organisation: how far the seven verbs of the way have evidence. Each room says what it knows."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, reading_of, side_by_side
from moussem.core.components import Step
from moussem.core.navigation import WAY, Verb

StepSource = Callable[[Actor, Sequence[int]], Step | None]
"""Answers, for an actor and the inner keys of subjects, the step with its evidence; None where nothing is known. One
that is `answered` asks together with the others."""

STEP_LABELS: dict[Verb, Promise] = {
    Verb.TARGET: _("Targeted"),
    Verb.INVITE: _("Invited"),
    Verb.MEET: _("Met"),
    Verb.SIGN: _("Signed"),
    Verb.FUND: _("Funded"),
    Verb.LAND: _("Landed"),
    Verb.COUNT: _("Counted"),
}
_STRENGTH = ("done", "part", "wait", "")
_sources: list[tuple[Verb, StepSource]] = []


def register(verb: Verb, source: StepSource) -> None:
    """Offer what a room knows of one verb; called once from an app's `panels.py`."""
    if (verb, source) not in _sources:
        _sources.append((verb, source))


@answered
def thread_of(actor: Actor, subjects: Sequence[int]) -> Reading[list[Step]]:
    """The seven steps; of several rooms that know one, the strongest evidence is shown."""
    told = yield from side_by_side(*(reading_of(source, actor, subjects) for _verb, source in _sources))
    known = [(verb, step) for (verb, _source), step in zip(_sources, told, strict=True) if step is not None]
    return [_step(verb, [step for at, step in known if at == verb]) for verb in WAY]


def _step(verb: Verb, told: Sequence[Step]) -> Step:
    strongest = min(told, key=_weakness, default=None)
    label = str(STEP_LABELS[verb])
    return Step(label, strongest.note, strongest.state) if strongest else Step(label, gettext("nothing stated"))


def _weakness(step: Step) -> int:
    return _STRENGTH.index(step.state)
