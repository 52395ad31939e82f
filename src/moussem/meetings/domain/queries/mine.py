"""A guest's own meetings and requests, and whom they may ask. Nothing of anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from moussem.directory.domain.names import fold
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent
from moussem.guests.models import Registration
from moussem.meetings.enums import LIVE, MeetingState, RequestState
from moussem.meetings.models import MeetingRequest, Side

SHOWN = 50


@dataclass(frozen=True, slots=True)
class MyMeeting:
    """One meeting as one of its sides sees it. `may_say`: it has begun, so that they may say whether it took place."""

    side: Side
    other: Registration
    may_say: bool


@dataclass(frozen=True, slots=True)
class MyRequest:
    """A request with the guest on the other end of it; `is_own`: made by the reader, who may take it back."""

    request: MeetingRequest
    other: Registration
    is_own: bool


@dataclass(frozen=True, slots=True)
class MyDay:
    """What one guest sees of meetings: held or to come, requests received that wait, and requests made that stand."""

    registration: Registration
    meetings: Sequence[MyMeeting]
    received: Sequence[MyRequest]
    made: Sequence[MyRequest]


@dataclass(frozen=True, slots=True)
class ToMeet:
    """Whom a guest may ask, by name; `more`: there are more than are shown, narrow by a name."""

    guests: Sequence[Registration]
    more: bool


def my_day(registration: Registration, *, at: datetime) -> MyDay:
    """The meetings and requests of one guest."""
    pair = ("asker__person", "asker__organisation", "asked__person", "asked__organisation")
    sides = registration.sides.filter(cancelled=False).exclude(meeting__state=MeetingState.CANCELLED)
    sides = sides.select_related("slot", "meeting__table", "meeting__event", *(f"meeting__request__{p}" for p in pair))
    meetings = [
        MyMeeting(side, _other(side.meeting.request, registration), side.slot.starts_at <= at)
        for side in sides.order_by("slot__starts_at")
    ]
    rows = MeetingRequest.objects.filter(Q(asker=registration) | Q(asked=registration)).select_related(*pair)
    placed = {meeting.side.meeting.request_id for meeting in meetings}
    standing = [row for row in rows.filter(state__in=LIVE).order_by("asked_at", "pk") if row.pk not in placed]
    live = [row for row in standing if row.state == RequestState.ACCEPTED or row.expires_at > at]
    received = [row for row in live if row.asked_id == registration.pk and row.state == RequestState.ASKED]
    made = [row for row in live if row not in received]
    return MyDay(
        registration,
        meetings,
        [MyRequest(row, row.asker, False) for row in received],
        [MyRequest(row, _other(row, registration), row.asker_id == registration.pk) for row in made],
    )


def requests_of(registration: Registration) -> "QuerySet[MeetingRequest]":
    """The requests that a guest made or received."""
    rows = MeetingRequest.objects.filter(Q(asker=registration) | Q(asked=registration))
    return rows.select_related("asker__person", "asked__person")


def guests_to_meet(registration: Registration, *, words: str = "") -> ToMeet:
    """Who comes to the same event, agreed to be known to the others, and was not asked yet; `words` narrow by name of
    person or organisation.
    """
    rows = known_guests(registration).exclude(pk__in=_asked_before(registration))
    if words:
        rows = rows.filter(Q(person__folded__holds=fold(words)) | Q(organisation__folded__holds=fold(words)))
    found = list(rows.select_related("person", "organisation").order_by("person__name", "pk")[: SHOWN + 1])
    return ToMeet(found[:SHOWN], len(found) > SHOWN)


def known_guests(registration: Registration) -> "QuerySet[Registration]":
    """The other guests of the event who come and agreed to be known, by their latest answer."""
    answers = Consent.objects.filter(person=OuterRef("person"), purpose=ConsentPurpose.SHARE_WITH_EXHIBITORS)
    latest = Subquery(answers.order_by("-at", "-pk").values("given")[:1])
    coming = Registration.objects.filter(event=registration.event_id, cancelled_at=None)
    return coming.exclude(pk=registration.pk).annotate(is_known=latest).filter(is_known=True)


def _asked_before(registration: Registration) -> "Sequence[int]":
    """Those with whom a request stands, and those who declined one."""
    made = Q(asker=registration, state__in=(*LIVE, RequestState.DECLINED))
    rows = MeetingRequest.objects.filter(made | Q(asked=registration, state__in=LIVE))
    pairs = rows.values_list("asker_id", "asked_id")
    return [key for pair in pairs for key in pair if key != registration.pk]


def _other(meeting_request: MeetingRequest, registration: Registration) -> Registration:
    return meeting_request.asked if meeting_request.asker_id == registration.pk else meeting_request.asker
