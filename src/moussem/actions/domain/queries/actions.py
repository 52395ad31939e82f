"""Next steps as staff read them: the earliest date first, what has none last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from moussem.accounts.models import User
from moussem.actions.enums import ActionState
from moussem.actions.models import Action
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.timelines import Moment
from moussem.evidence.models import Subject

PAGE = 50
SHOWN = 5


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A next step as lists show it; `is_late`: it should have been done before today."""

    action: Action
    about: str
    is_late: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Some next steps in order; `after` is the cursor of the next page, "" on the last one."""

    lines: Sequence[ActionLine]
    after: str = ""
    is_first: bool = True


def open_actions(actor: Actor) -> "QuerySet[Action]":
    """What is to be done at the actor's promoter."""
    return Action.objects.visible_to(actor).filter(state=ActionState.OPEN)


def actions_page(
    actor: Actor, *, today: date, mine: bool = False, settled: bool = False, about: Subject | None = None,
    cursor: str = "",
) -> ActionPage:  # fmt: skip
    """The promoter's next steps: those to do by date, those settled with the newest settled first."""
    rows = Action.objects.visible_to(actor).select_related("owner", "about")
    rows = rows.exclude(state=ActionState.OPEN) if settled else rows.filter(state=ActionState.OPEN)
    if mine:
        rows = rows.filter(owner__public_id=actor.id)
    if about is not None:
        rows = rows.filter(about__in=Subject.objects.same_as(about))
    last = Moment.read(cursor) if cursor else None
    rows = _newest_first(rows, last) if settled else _earliest_first(rows, last)
    found = list(rows[: PAGE + 1])
    lines = [line_of(row, actor, today) for row in found[:PAGE]]
    after = _cursor(found[PAGE - 1], settled) if len(found) > PAGE else ""
    return ActionPage(lines, after, last is None)


def next_steps(actor: Actor, *, today: date, about: Subject | None = None, limit: int = SHOWN) -> Sequence[ActionLine]:
    """The first of what is to be done, of all or about one subject and what it stands for."""
    rows = open_actions(actor).select_related("owner", "about")
    if about is not None:
        rows = rows.filter(about__in=Subject.objects.same_as(about))
    return [line_of(row, actor, today) for row in _earliest_first(rows, None)[:limit]]


def colleagues_at_work(actor: Actor) -> "QuerySet[User]":
    """Who may be given a next step: everybody who holds a role at the actor's promoter now, by name."""
    held = User.objects.visible_to(actor).filter(
        role_grants__promoter_id=actor.promoter_pk, role_grants__ended_at=None, is_active=True
    )
    return User.objects.filter(pk__in=held.values("pk")).order_by("label", "email")


def _earliest_first(rows: "QuerySet[Action]", last: Moment | None) -> "QuerySet[Action]":
    if last is not None and last.on is None:
        rows = rows.filter(due_on=None, public_id__gt=last.key)
    elif last is not None:
        rows = rows.filter(Q(due_on__gt=last.on) | Q(due_on=last.on, public_id__gt=last.key) | Q(due_on=None))
    return rows.order_by(F("due_on").asc(nulls_last=True), "public_id")


def _newest_first(rows: "QuerySet[Action]", last: Moment | None) -> "QuerySet[Action]":
    """By identifier, which sorts by the time of opening."""
    return (rows.filter(public_id__lt=last.key) if last else rows).order_by("-public_id")


def _cursor(action: Action, settled: bool) -> str:
    return str(Moment(None if settled else action.due_on, action.public_id))


def line_of(action: Action, actor: Actor, today: date) -> ActionLine:
    """One next step, its owner and what it is about loaded."""
    late = action.state == ActionState.OPEN and action.due_on is not None and action.due_on < today
    mine = action.owner is not None and str(action.owner.public_id) == actor.id
    return ActionLine(action, say(action.about.label) if action.about else "", late, mine)
