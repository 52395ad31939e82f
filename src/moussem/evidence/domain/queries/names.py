"""Finding a subject by the name a person types."""

from dataclasses import dataclass

from django.db.models import Q

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.evidence.models import Subject

SUGGESTED = 400
BETWEEN = " · "


@dataclass(frozen=True, slots=True)
class Found:
    """What a typed name leads to: one subject, or none with those that it may mean."""

    subject: Subject | None
    may_mean: tuple[str, ...]


def name_of(subject: Subject, *, alone: bool = True) -> str:
    """What a person types for a subject; unless it is alone in its name, with the end of its identifier."""
    return say(subject.label) if alone else f"{say(subject.label)}{BETWEEN}{str(subject.public_id)[-6:]}"


def names_of_kinds(actor: Actor, kinds: tuple[str, ...]) -> list[str]:
    """Names of the subjects of some kinds that the actor sees; the newest where there are too many."""
    rows = Subject.objects.visible_to(actor).filter(canonical=None, kind__in=kinds).order_by("-pk")[:SUGGESTED]
    return sorted({name_of(row) for row in rows} - {""})


def names_suggested(actor: Actor) -> list[str]:
    """Names of subjects the actor sees, for a list to choose from; the newest where there are too many."""
    rows = Subject.objects.visible_to(actor).filter(canonical=None).order_by("-pk")[:SUGGESTED]
    return sorted({name_of(row) for row in rows} - {""})


def subject_named(actor: Actor, name: str, kinds: tuple[str, ...] = ()) -> Found:
    """The subject of this name (in any language, whatever its capitals) that the actor sees, of one of the kinds."""
    wanted, _, tail = name.partition(BETWEEN)
    seen = Subject.objects.visible_to(actor).filter(canonical=None)
    if kinds:
        seen = seen.filter(kind__in=kinds)
    rows = list(seen.filter(_is_called("iexact", wanted.strip())).order_by("pk")[:20])
    exact = [row for row in rows if not tail or str(row.public_id).endswith(tail.strip())]
    if len(exact) == 1:
        return Found(exact[0], ())
    if exact:
        return Found(None, tuple(name_of(row, alone=False) for row in exact))
    close = seen.filter(_is_called("icontains", wanted.strip())).order_by("pk")[:5]
    return Found(None, tuple(name_of(row) for row in close))


def _is_called(lookup: str, name: str) -> Q:
    return Q(**{f"label__fr__{lookup}": name}) | Q(**{f"label__en__{lookup}": name})
