"""News from a lower room to higher ones: a row written with the change, delivered to each receiver by the worker."""

from collections.abc import Callable
from typing import Any

from moussem.core.jobs import enqueue
from moussem.core.models import NewsItem

Receiver = Callable[[NewsItem], None]
DELIVER_NEWS = "core.deliver_news"
_receivers: dict[str, dict[str, Receiver]] = {}


class UnknownReceiver(LookupError):
    """No receiver of this name answers this news any more."""


def receiver(name: str) -> Callable[[Receiver], Receiver]:
    """Register a function of a `receivers.py` for the news called `name`; it is given the item at least once, and
    is idempotent by the item's `public_id`.
    """

    def register(function: Receiver) -> Receiver:
        label = f"{function.__module__}.{function.__qualname__}".removeprefix("moussem.")
        if _receivers.setdefault(name, {}).setdefault(label, function) is not function:
            raise ValueError(f"two receivers called {label}")
        return function

    return register


def publish(name: str, *, key: str, promoter_key: str, **ids: Any) -> NewsItem:
    """Tell that `name` happened, with the identifiers of what it happened to; the same `key` again is the same news.

    Written, with one job per receiver, in the caller's transaction: told if and only if that commits.
    """
    item, _ = NewsItem.objects.get_or_create(
        key=f"{name}:{key}", defaults={"name": name, "arguments": ids, "promoter_key": promoter_key}
    )
    for label in sorted(_receivers.get(name, {})):
        enqueue(DELIVER_NEWS, key=f"{item.public_id}:{label}", promoter_key=promoter_key, item=item.pk, to=label)
    return item


def deliver(item: NewsItem, label: str) -> None:
    """Give the item to the receiver with this label; raises `UnknownReceiver`."""
    try:
        function = _receivers[item.name][label]
    except KeyError:
        raise UnknownReceiver(label) from None
    function(item)
