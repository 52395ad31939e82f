"""What waits for a person at a promoter today, gathered from every room."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.navigation import VERB_LABELS, WAY, NavigationItem, items_for
from moussem.evidence.models import Figure
from moussem.mail.enums import MessageState
from moussem.mail.models import Message

NEWEST = 10_000
"""Rows among which what is not finished is counted: the newest, so that a large promoter's page costs no more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: how many, and the page where it is settled (none where there is no page yet)."""

    label: str | Promise
    count: int
    pages: tuple[NavigationItem, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of the way with the pages that the actor may open."""

    label: str | Promise
    items: tuple[NavigationItem, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for a person, and the way with what can be opened from it."""

    waiting: tuple[Waiting, ...]
    steps: tuple[Step, ...]


def today(actor: Actor) -> Today:
    """What waits at the actor's promoter; nothing that waits is left out, nothing that is settled is shown."""
    steps = [Step(VERB_LABELS[verb], tuple(items_for(actor, verb))) for verb in WAY]
    items = {item.url_name: item for step in steps for item in step.items}
    found = [Waiting(item.label, item.waiting(actor), (item,)) for item in items.values()]
    found.append(Waiting(_("Figures not yet published"), _unpublished(actor), _named(items, "figures")))
    doubt, failed = _mails(actor)
    found.append(Waiting(_("Mails in doubt: they are sent again by themselves"), doubt, _named(items, "outbox")))
    found.append(Waiting(_("Mails that failed"), failed, _named(items, "outbox")))
    return Today(tuple(one for one in found if one.count), tuple(step for step in steps if step.items))


def _named(items: dict[str, NavigationItem], word: str) -> tuple[NavigationItem, ...]:
    return tuple(item for name, item in items.items() if word in name)[:1]


def _unpublished(actor: Actor) -> int:
    newest = Figure.objects.filter(Figure.objects.own(actor)).order_by("-pk").values("pk")[:NEWEST]
    return Figure.objects.current().filter(pk__in=newest, published_at=None).count()


def _mails(actor: Actor) -> tuple[int, int]:
    newest = Message.objects.visible_to(actor).order_by("-pk").values("pk")[:NEWEST]
    states = list(
        Message.objects.filter(pk__in=newest, state__in=(MessageState.SENDING, MessageState.FAILED)).values_list(
            "state", flat=True
        )
    )
    return states.count(MessageState.SENDING), states.count(MessageState.FAILED)
