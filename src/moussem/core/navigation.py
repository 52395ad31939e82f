"""The registry of navigation: each app says what it offers under which of the way's seven verbs, or in the public
bar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.core.actor import Actor
from moussem.core.doors import Predicate


class Verb(StrEnum):
    """The seven verbs of the way, in order, with `TODAY` before them; `PUBLIC` for the public bar, `OWN` for the
    reader's own pages there and on the account's, `ADMINISTRATION` for what a promoter's administrator reaches from it.
    """

    TODAY = "today"
    TARGET = "target"
    INVITE = "invite"
    MEET = "meet"
    SIGN = "sign"
    FUND = "fund"
    LAND = "land"
    COUNT = "count"
    PUBLIC = "public"
    OWN = "own"
    ADMINISTRATION = "administration"


WAY = (Verb.TARGET, Verb.INVITE, Verb.MEET, Verb.SIGN, Verb.FUND, Verb.LAND, Verb.COUNT)
VERB_LABELS: dict[Verb, Promise] = {
    Verb.TODAY: _("Today"),
    Verb.TARGET: _("Target"),
    Verb.INVITE: _("Invite"),
    Verb.MEET: _("Meet"),
    Verb.SIGN: _("Sign"),
    Verb.FUND: pgettext_lazy("step of the way", "Fund"),
    Verb.LAND: _("Land"),
    Verb.COUNT: _("Count"),
}


def nothing_waits(actor: Actor) -> int:
    """The count for an item where nothing can wait for a person."""
    return 0


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A page reachable from the navigation: under `verb`, named `label`, at the URL named `url_name`.

    Desk pages take the promoter's slug as `promoter`. `order` sorts within a verb; `waiting` counts what waits for
    a person.
    """

    verb: Verb
    label: Promise
    url_name: str
    permission: Predicate
    order: int = 100
    waiting: Callable[[Actor], int] = nothing_waits


_items: list[NavigationItem] = []


def register(item: NavigationItem) -> None:
    """Offer a page; called once from an app's `navigation_items.py`."""
    if item not in _items:
        _items.append(item)


def items_for(actor: Actor, verb: Verb) -> list[NavigationItem]:
    """The pages under `verb` that the actor may open, in order."""
    return sorted((i for i in _items if i.verb == verb and i.permission(actor)), key=lambda i: (i.order, i.url_name))
