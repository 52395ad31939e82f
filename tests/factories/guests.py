"""Guests: targeted, invited, answering by their own link."""

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.core.actor import Actor
from moussem.events.models import Event
from moussem.guests.domain.answers import Answer, answer
from moussem.guests.domain.invitations import invite
from moussem.guests.domain.targets import Aim, NamedGuest, target_named
from moussem.guests.models import Invitation, Target
from tests.factories.accounts import AT


def a_target(by: Actor, event: Event, name: str = "Amal Idrissi", *, email: str = "", **aim: object) -> Target:
    guest = NamedGuest(name, f"Maison {name}", email)
    return target_named(by=by, at=AT, event=event, guest=guest, aim=Aim(**aim))


def an_invitation(by: Actor, event: Event, name: str = "Amal Idrissi", *, email: str = "", **aim: object) -> Invitation:
    return invite(by=by, at=AT, target=a_target(by, event, name, email=email, **aim))


def guest_of(invitation: Invitation) -> Actor:
    """The person who holds the link of an invitation."""
    return actor_of_link(invitation.link)


def answered(invitation: Invitation, mode: str | None = None, **said: object) -> Invitation:
    return answer(by=guest_of(invitation), at=AT, invitation=invitation, said=Answer(mode=mode, **said))
