"""What is kept about a person as a guest, as they may read it themselves: by their link, or shown by the team."""

from dataclasses import dataclass

from moussem.accounts.models import Link
from moussem.core.actor import Actor
from moussem.guests.domain.queries.guest import invitation_of
from moussem.guests.domain.queries.standing import Questions, questions_of, standing_of
from moussem.guests.models import Standing, Target

RELATED = ("event__place", "event__promoter", "person", "organisation", "guest_kind", "owner")


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about a target: the row itself, how it stands, and the four questions."""

    target: Target
    standing: Standing | None
    questions: Questions


def kept_about(actor: Actor, target: Target) -> Kept:
    """What is kept, as the actor may read it: everything for the team and the person, nothing of it for others."""
    return Kept(target, standing_of(actor, target), questions_of(actor, [target])[target.pk])


def kept_by_link(actor: Actor, link: Link) -> Kept | None:
    """What is kept about the holder of a personal link; None where it is of no invitation from a list."""
    invitation = invitation_of(actor, link)
    if invitation is None or invitation.target is None:
        return None
    target = Target.objects.select_related(*RELATED).get(pk=invitation.target.pk)
    return kept_about(actor, target)
