"""The least valid guests, requests, hours and meetings."""

from datetime import UTC, date, datetime, time, timedelta

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.models import Link
from moussem.core.actor import Actor
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose
from moussem.events.models import Event
from moussem.guests.enums import AttendanceMode, InvitationState, RegistrationOrigin
from moussem.guests.models import Invitation, Registration
from moussem.meetings.domain.layout import Stretch, prepare_meetings
from moussem.meetings.domain.placing import place_request
from moussem.meetings.domain.requests import accept_request, ask_to_meet
from moussem.meetings.models import Meeting, MeetingRequest
from tests.factories.accounts import AT, a_link
from tests.factories.directory import a_person, an_event, an_organisation

DAY = date(2026, 3, 10)
MORNING = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def a_gathering(by: Actor, name: str = "Rencontre") -> Event:
    """An event whose wall clock is UTC's."""
    event = an_event(by, name)
    Event.objects.filter(pk=event.pk).update(zone="UTC")
    event.refresh_from_db()
    return event


def a_guest(
    by: Actor, event: Event, name: str, *, mode: str = AttendanceMode.ON_SITE, firm: str = "", known: bool = True
) -> Registration:
    """Somebody who comes, with their invitation and its link; `known` to the other guests."""
    person = a_person(by, name, publish=False)
    organisation = an_organisation(by, firm, publish=False) if firm else None
    registration = Registration.objects.create(
        promoter_id=by.promoter_pk, event=event, person=person, organisation=organisation, mode=mode,
        origin=RegistrationOrigin.INVITATION, registered_at=AT,
    )  # fmt: skip
    link = a_link(event.promoter, days=9999, person_label=name, object_kind="invitation")
    Invitation.objects.create(
        promoter_id=by.promoter_pk, event=event, person=person, organisation=organisation, link=link,
        state=InvitationState(mode), sent_at=AT, answered_at=AT,
    )  # fmt: skip
    if known:
        record_consent(
            by=by, at=AT, person=person, purpose=ConsentPurpose.SHARE_WITH_EXHIBITORS, given=True, said_at=AT,
            proof="tests",
        )  # fmt: skip
    return registration


def link_of(registration: Registration) -> Link:
    return Invitation.objects.get(event=registration.event, person=registration.person).link


def by_link(registration: Registration) -> Actor:
    """The guest, by their own link."""
    return actor_of_link(link_of(registration))


def hours(by: Actor, event: Event, *, slots: int = 3, tables: int = 2) -> None:
    """Slots of twenty minutes from nine o'clock on, and tables."""
    ends = (MORNING + timedelta(minutes=20 * slots)).time()
    stretch = Stretch(DAY, time(9), ends, minutes=20)
    prepare_meetings(by=by, at=AT, event=event, stretch=stretch, tables=tables)


def a_request(by: Actor, asker: Registration, asked: Registration, **facts: object) -> MeetingRequest:
    return ask_to_meet(by=by, at=AT, asker=asker, asked=asked, **facts)


def accepted(by: Actor, asker: Registration, asked: Registration, **facts: object) -> MeetingRequest:
    request = a_request(by, asker, asked, **facts)
    accept_request(by=by, at=AT, meeting_request=request)
    return request


def a_meeting(by: Actor, asker: Registration, asked: Registration, **facts: object) -> Meeting:
    """Two guests who meet in the first free slot."""
    return place_request(by=by, at=AT, meeting_request=accepted(by, asker, asked), **facts)
