"""What an event still needs, each thing with the page where it is done. Higher rooms add their own lines by panels."""

from dataclasses import dataclass
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.panels import panels_for
from moussem.events.enums import WITH_SPACES
from moussem.events.models import Event


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """One thing to have ready: what it is, whether it is, and where it is done.

    `url_name` takes promoter and event; `button` is the verb on its button. `order` sorts lines of all rooms: the first
    one that is not done is the next step. `posts`: the button is a form that acts at once.
    """

    label: str | Promise
    is_done: bool
    url_name: str
    button: str | Promise
    order: int = 100
    posts: bool = False


def readiness(actor: Actor, event: Event, *, has_kinds: bool, has_spaces: bool) -> list[ReadyLine]:
    """All lines in order: this room's, and those that higher rooms add to the page "events.ready" as `lines`."""
    spaces = ReadyLine(
        gettext("Spaces of the venue"), has_spaces, "events_desk:events-programme", gettext("Add spaces"), 60
    )
    own = [
        ReadyLine(gettext("Day and place"), bool(event.period_start and event.place_id), "events_desk:events-edit",
                  gettext("Complete"), 10),
        ReadyLine(gettext("Kinds of guests, with the wanted number"), has_kinds, "events_desk:events-kinds",
                  gettext("Say whom"), 20),
        ReadyLine(gettext("Public page"), event.is_published, "events_desk:events-publish", gettext("Publish"), 70,
                  posts=True),
        *([spaces] if has_spaces or event.kind in WITH_SPACES else []),
    ]  # fmt: skip
    added = chain.from_iterable(context["lines"] for _, context in panels_for("events.ready", actor, event))
    return sorted((*own, *added), key=lambda line: line.order)


def next_step(lines: list[ReadyLine]) -> ReadyLine | None:
    """The first thing that is not done; None where all is."""
    return next((line for line in lines if not line.is_done), None)
