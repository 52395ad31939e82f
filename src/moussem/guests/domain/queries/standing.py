"""What the team reads of a target list: criteria, how each target stands, the four questions, who looks after whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moussem.accounts.models import User
from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.enums import PrequalificationQuestion, Verdict
from moussem.guests.models import Criterion, Judgement, Prequalification, Standing, Target
from moussem.guests.permissions import can_see_scores

QUESTIONS = len(PrequalificationQuestion)


def criteria_seen(actor: Actor, event: Event) -> list[Criterion]:
    """The criteria that count of an event's list, in order; none for whoever may not read them."""
    if not can_see_scores(actor):
        return []
    rows = Criterion.objects.visible_to(actor).filter(event=event, dropped_at=None)
    return list(rows.order_by("position", "pk"))


def owners_seen(actor: Actor, event: Event) -> list[User]:
    """Who of the staff looks after somebody on the list, by name."""
    listed = Target.objects.visible_to(actor).filter(event=event, dropped_at=None, owner__isnull=False)
    return list(User.objects.filter(pk__in=listed.order_by().values("owner")).order_by("label", "pk"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the four questions about a target; `row` is None where nobody answered it."""

    question: PrequalificationQuestion
    row: Prequalification | None

    @property
    def said(self) -> Verdict | None:
        """The answer."""
        return Verdict(self.row.answer) if self.row else None


@dataclass(frozen=True, slots=True)
class Questions:
    """The four questions about one target, in order."""

    asked: Sequence[Asked]

    @property
    def answered(self) -> int:
        """How many have an answer."""
        return sum(one.row is not None for one in self.asked)

    @property
    def stands(self) -> str:
        """`no` where one is a no, `yes` where all four are a yes or partly, `open` otherwise."""
        said = [one.said for one in self.asked]
        if Verdict.NO in said:
            return "no"
        return "yes" if all(one in (Verdict.YES, Verdict.PARTLY) for one in said) else "open"


def questions_of(actor: Actor, targets: Iterable[Target]) -> dict[int, Questions]:
    """The four questions about each target, by its inner key; one query."""
    found: dict[int, dict[str, Prequalification]] = {target.pk: {} for target in targets}
    for row in Prequalification.objects.visible_to(actor).filter(target__in=list(found)):
        found[row.target_id][row.question] = row
    return {
        pk: Questions([Asked(question, rows.get(question)) for question in PrequalificationQuestion])
        for pk, rows in found.items()
    }


def standing_of(actor: Actor, target: Target) -> Standing | None:
    """How a target stands, for whoever may read it; None where nothing was judged."""
    return Standing.objects.visible_to(actor).filter(target=target).first()


def judgements_of(actor: Actor, target: Target) -> dict[int, Judgement]:
    """What people answered about a target, by the inner key of the criterion."""
    return {row.criterion_id: row for row in Judgement.objects.visible_to(actor).filter(target=target)}
