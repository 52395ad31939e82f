"""Two gatherings: one that was held, with its meetings, and one to come whose guests are invited by waves."""

from collections.abc import Sequence
from datetime import time

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.core.actor import Actor
from moussem.demo.domain.story.agenda import lay_out_agenda
from moussem.demo.domain.story.cast import ZONE, Cast
from moussem.engines.values.period import day
from moussem.events.domain.events import EventFacts
from moussem.events.domain.planning import Wish, plan_event
from moussem.events.enums import EventKind, EventMode
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.answers import Answer, answer
from moussem.guests.domain.presence import mark_present
from moussem.guests.domain.sendings import invite_all, remind_silent
from moussem.guests.domain.targets import Aim, NamedGuest, target_named
from moussem.guests.domain.waves import start_waves, stop_waves
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Invitation, Registration
from moussem.meetings.domain.layout import Stretch, prepare_meetings
from moussem.meetings.domain.outcomes import note_outcome
from moussem.meetings.domain.placing import place_all
from moussem.meetings.domain.requests import accept_request, ask_to_meet
from moussem.meetings.models import Side

YES, ONLINE = Answer(mode=AttendanceMode.ON_SITE, shares=True), Answer(mode=AttendanceMode.ONLINE, shares=True)
NO = Answer(words="Pas cette fois (exemple)")
HELD, TO_COME = 90, -20
"""Days ago; a negative number lies ahead."""
MANAGERS, IT = {"fr": "Dirigeants", "en": "Heads of firms"}, {"fr": "Directions informatiques", "en": "IT directors"}


def plan(cast: Cast, name: str, english: str, days: int, wishes: Sequence[Wish]) -> Event:
    """A one-to-few meeting on a day, for eleven guests on site and ten online."""
    facts = EventFacts(
        kind=EventKind.ONE_TO_FEW, name={"fr": name, "en": english}, period=day(cast.day(days)), place=cast.town,
        mode=EventMode.BOTH, seats_on_site=11, seats_online=10, zone=ZONE,
    )  # fmt: skip
    return plan_event(by=cast.team, at=cast.ago(max(days, 0) + 40), facts=facts, wishes=wishes)


def target(cast: Cast, event: Event, number: int, kind: GuestKind, *, days: int) -> None:
    """One guest on the list of an event, put there so many days ago."""
    firm = cast.firms[number % len(cast.firms)]
    named = NamedGuest(
        name=f"Invité {number} (exemple)", organisation=firm.name, email=f"invite-{number}@invites.example"
    )
    aim = Aim(guest_kind=kind, reasons="Dirige une activité de services (exemple)")
    target_named(by=cast.team, at=cast.ago(days), event=event, guest=named, aim=aim)


def invited(cast: Cast, event: Event, count: int, *, days: int) -> list[Invitation]:
    """So many guests, targeted and invited so many days ago; every other one of each kind of guest."""
    kinds = list(event.guest_kinds.order_by("position"))
    for number in range(count):
        target(cast, event, 1 + number, kinds[number % len(kinds)], days=days + 2)
    invite_all(by=cast.team, at=cast.ago(days), event=event)
    return invitations_of(event)


def invitations_of(event: Event) -> list[Invitation]:
    """The invitations of an event in the order of its list."""
    rows = Invitation.objects.filter(event=event).select_related("link__promoter", "promoter", "person")
    return list(rows.order_by("target"))


def guest(invitation: Invitation) -> Actor:
    """The guest, as whoever holds their personal link."""
    return actor_of_link(invitation.link)


LISTED, OF_IT = 34, 5
"""Guests on the list of the gathering to come; of fourteen of them five are IT directors."""


def play_to_come(cast: Cast) -> Event:
    """34 on the list, and 28 of them invited by a first wave: 11 come on site, 4 online, 2 wait for a seat, 3 do not
    and 8 are silent, who were reminded once. The waves stand still: begun again, they invite the next in the place of
    those who declined.
    """
    wishes = (Wish(MANAGERS, 18), Wish(IT, 10))
    event = plan(cast, "Rencontre à venir (exemple)", "Meeting to come (example)", TO_COME, wishes)
    managers, directors = event.guest_kinds.order_by("position")
    for number in range(LISTED):
        target(cast, event, 101 + number, directors if number * OF_IT % 14 < OF_IT else managers, days=12)
    start_waves(by=cast.team, at=cast.ago(10), event=event)
    stop_waves(by=cast.team, at=cast.ago(9), event=event)
    answers = [YES] * 11 + [ONLINE] * 4 + [NO] * 3 + [YES] * 2
    for invitation, said in zip(invitations_of(event), answers, strict=False):
        answer(by=guest(invitation), at=cast.ago(5), invitation=invitation, said=said)
    remind_silent(by=cast.team, at=cast.ago(2), event=event)
    lay_out_agenda(cast, event)
    return event


def play_held(cast: Cast) -> Event:
    """Ten invited and eight there; three meetings asked, accepted, placed, and told of by both sides."""
    wishes = (Wish(MANAGERS, 6), Wish(IT, 4))
    event = plan(cast, "Rencontre passée (exemple)", "Meeting that was held (example)", HELD, wishes)
    invitations = invited(cast, event, 10, days=HELD + 20)
    for invitation, said in zip(invitations, [YES] * 8 + [ONLINE, NO], strict=True):
        answer(by=guest(invitation), at=cast.ago(HELD + 10), invitation=invitation, said=said)
    by_person = {invitation.person_id: invitation for invitation in invitations}
    there = list(Registration.objects.filter(event=event, mode=AttendanceMode.ON_SITE).order_by("pk"))
    stretch = Stretch(on=cast.day(HELD), begins=time(10), ends=time(12), minutes=30)
    prepare_meetings(by=cast.team, at=cast.ago(HELD + 9), event=event, stretch=stretch, tables=2)
    for asker, asked in ((0, 1), (2, 3), (4, 5)):
        request = ask_to_meet(
            by=guest(by_person[there[asker].person_id]), at=cast.ago(HELD + 8), asker=there[asker], asked=there[asked],
            words="Un site à visiter (exemple)",
        )  # fmt: skip
        accept_request(by=guest(by_person[there[asked].person_id]), at=cast.ago(HELD + 7), meeting_request=request)
    place_all(by=cast.team, at=cast.ago(HELD + 6), event=event)
    for registration in there:
        mark_present(by=cast.team, at=cast.ago(HELD), registration=registration, mode=AttendanceMode.ON_SITE)
    for side in Side.objects.filter(event=event).select_related("registration").order_by("pk"):
        voice = guest(by_person[side.registration.person_id])
        note_outcome(by=voice, at=cast.ago(HELD - 1), side=side, took_place=True)
    return event
