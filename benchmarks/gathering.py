"""What the claims of `registration.py` are measured on: gatherings with 20,000 who registered, with an agenda of 200
sessions, with 10,000 to invite, with 1,000 who answer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock
from typing import Any

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
REGISTERED, SEATS_LEFT = 20_000, 400
DAYS = (date(2090, 3, 2), date(2090, 3, 3))
SPACES, SESSIONS, PEOPLE = 10, 200, 60
LISTED, ANSWERING, SEATS = 10_000, 1_000, 300


@dataclass(frozen=True, slots=True)
class Filled:
    """The promoter's actor, an administrator, and the gatherings."""

    by: Any
    user: Any
    open: Any
    agenda: Any
    large: Any
    small: Any


def fill() -> Filled:
    """All of it, in an empty database."""
    from moussem.accounts.domain.promoters import create_promoter
    from moussem.accounts.enums import PromoterKind
    from moussem.accounts.models import RoleGrant, User
    from moussem.core.actor import task_actor

    house = task_actor("benchmark")
    promoter = create_promoter(slug="bench", name="Banc", kind=PromoterKind.PROMOTER, by=house, at=AT)
    by = task_actor("benchmark", promoter_pk=promoter.pk, promoter_key=promoter.key)
    user = User.objects.create_user("desk@bench.example", label="Desk")
    RoleGrant.objects.create(user=user, promoter=promoter, role="promoter_administrator", granted_at=AT)
    found = Filled(
        by, user, open_gathering(by), with_agenda(by), gathering(by, "Foire", LISTED), gathering(by, "Forum", ANSWERING)
    )
    found.small.seats_on_site = SEATS
    found.small.save()
    _analyse()
    return found


def gathering(by: Any, name: str, listed: int, *, seats: int | None = None) -> Any:
    """A gathering with so many people on its list, each with an address."""
    from moussem.core.ids import uuid7
    from moussem.directory.models import Person
    from moussem.engines.values import period as periods
    from moussem.events.domain.events import EventFacts
    from moussem.events.domain.planning import Wish, plan_event
    from moussem.events.enums import EventKind, EventMode
    from moussem.evidence.enums import SubjectKind
    from moussem.evidence.models import Subject
    from moussem.guests.models import Target

    facts = EventFacts(
        kind=EventKind.CONFERENCE, name={"fr": name}, period=periods.day(date(2090, 1, 10)), mode=EventMode.ON_SITE,
        seats_on_site=seats,
    )  # fmt: skip
    event = plan_event(by=by, at=AT, facts=facts, wishes=(Wish({"fr": "Dirigeants"}, listed),))
    own = {"promoter_id": by.promoter_pk}
    keys = [uuid7() for _ in range(listed)]
    subjects = Subject.objects.bulk_create(
        [Subject(kind=SubjectKind.PERSON, public_id=key, label={"fr": f"{name} {n}"}, **own)
         for n, key in enumerate(keys)], batch_size=1000,
    )  # fmt: skip
    people = Person.objects.bulk_create(
        [Person(public_id=key, name=f"{name} {n}", folded=f"{name} {n}".lower(), email=f"g{n}@{name.lower()}.example",
                subject=subject, **own)
         for n, (key, subject) in enumerate(zip(keys, subjects, strict=True))], batch_size=1000,
    )  # fmt: skip
    kind = event.guest_kinds.get()
    Target.objects.bulk_create(
        [Target(event=event, person=person, guest_kind=kind, **own) for person in people], batch_size=1000
    )
    return event


def open_gathering(by: Any) -> Any:
    """A published conference with an open form and 20,000 who registered."""
    from moussem.events.domain.planning import publish_event
    from moussem.guests.domain.open_forms import KindFacts, OpenFormFacts, set_open_form
    from moussem.guests.models import Target

    event = gathering(by, "Salon", REGISTERED, seats=REGISTERED + SEATS_LEFT)
    people = [row.person for row in Target.objects.filter(event=event).select_related("person").order_by("pk")]
    Target.objects.filter(event=event).delete()
    publish_event(by=by, at=AT, event=event)
    facts = OpenFormFacts(True, (KindFacts(None, False, {"organisation": "may", "role": "may"}),))
    set_open_form(by=by, at=AT, event=event, read_version=0, facts=facts)
    seat_all(event, people)
    return event


def seat_all(event: Any, people: list[Any]) -> None:
    """Everybody has registered, as the form writes it."""
    from moussem.accounts.models import Link
    from moussem.core.ids import uuid7
    from moussem.guests.models import Invitation, Registration, RegistrationRequest

    own: dict[str, Any] = {"promoter_id": event.promoter_id}
    keys = [uuid7() for _ in people]
    links = Link.objects.bulk_create(
        [Link(purpose="answer", object_kind="invitation", object_key=key, person_label=person.name, language="fr",
              expires_at=AT.replace(year=2090), **own)
         for key, person in zip(keys, people, strict=True)], batch_size=1000,
    )  # fmt: skip
    made = Invitation.objects.bulk_create(
        [Invitation(public_id=key, event=event, person=person, link=link, origin="open_form", state="on_site",
                    wanted_mode="on_site", sent_at=AT, answered_at=AT, **own)
         for key, person, link in zip(keys, people, links, strict=True)], batch_size=1000,
    )  # fmt: skip
    said = [{"name": row.person.name, "email": row.person.email, "organisation": "Maison"} for row in made]
    RegistrationRequest.objects.bulk_create(
        [RegistrationRequest(event=event, invitation=row, said=words, asked_at=AT, decision="none_needed", **own)
         for row, words in zip(made, said, strict=True)], batch_size=1000,
    )  # fmt: skip
    Registration.objects.bulk_create(
        [Registration(event=event, person=person, mode="on_site", origin="open_form", registered_at=AT, **own)
         for person in people], batch_size=1000,
    )  # fmt: skip


def with_agenda(by: Any) -> Any:
    """A trade show with a published agenda."""
    from moussem.directory.domain.people import add_person
    from moussem.engines.values import period as periods
    from moussem.events.domain.agendas import publish_agenda
    from moussem.events.domain.events import EventFacts, add_event, add_session, add_space, take_part
    from moussem.events.domain.hours import Hours
    from moussem.events.enums import EventKind, PartKind, SpaceKind

    facts = EventFacts(kind=EventKind.TRADE_SHOW, name={"fr": "Salon", "en": "Fair"}, period=periods.span(*DAYS))
    event = add_event(by=by, at=AT, facts=facts, publish=True)
    spaces = [
        add_space(by=by, at=AT, event=event, kind=SpaceKind.CONFERENCE, name={"fr": f"Salle {n}"}, capacity_on_site=80)
        for n in range(SPACES)
    ]
    people = [add_person(by=by, at=AT, name=f"Personne {n}", publish=True) for n in range(PEOPLE)]
    for n in range(SESSIONS):
        slot = n // SPACES
        hours = Hours(DAYS[slot % 2], clock(8 + slot // 2), clock(8 + slot // 2, 45))
        session = add_session(
            by=by, at=AT, event=event, title={"fr": f"Séance {n}", "en": f"Session {n}"}, space=spaces[n % SPACES],
            topics={"fr": "Ce dont il est question, en une phrase ordinaire."}, language="fr", hours=hours,
        )  # fmt: skip
        for who in (n % PEOPLE, (n * 7 + 1) % PEOPLE):
            take_part(by=by, at=AT, event=event, kind=PartKind.SPEAKER, session=session, person=people[who])
    publish_agenda(by=by, at=AT, event=event)
    return event


def _analyse() -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
