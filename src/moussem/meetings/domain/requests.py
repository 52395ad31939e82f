"""Asking to meet, and the answer: by guests through their own link, or by staff for them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from moussem.accounts.domain.refusals import NotAllowed, require_own
from moussem.accounts.models import User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent, Person
from moussem.guests.models import Registration
from moussem.meetings.domain.letters import ACCEPTED, ASKED, DECLINED, write_of_request
from moussem.meetings.domain.speaking import require_coming, require_voice
from moussem.meetings.enums import LIVE, MeetingState, RequestState, Wish
from moussem.meetings.models import Meeting, MeetingRequest
from moussem.meetings.permissions import can_arrange

WAITS = timedelta(days=7)
ANSWERED = {RequestState.ACCEPTED: ACCEPTED, RequestState.DECLINED: DECLINED}
"""The letter that tells who asked how they were answered."""


class Oneself(Exception):
    """Nobody asks to meet themselves."""


class AnotherEvent(Exception):
    """The two guests come to different events."""


class AlreadyAsked(Exception):
    """A request between the two stands already; `request` is it, whoever asked."""

    def __init__(self, meeting_request: MeetingRequest | None) -> None:
        """Keep the request (None: it was settled this very moment)."""
        super().__init__(str(meeting_request.public_id) if meeting_request else "")
        self.request = meeting_request


class DeclinedBefore(Exception):
    """The other guest declined once; only staff may ask again."""


class AlreadyAnswered(Exception):
    """The request waits for no answer any more; its row says how it stands."""


class StillPlaced(Exception):
    """The request has a meeting in both diaries: cancel that first."""


@transaction.atomic
def ask_to_meet(
    *,
    by: Actor,
    at: datetime,
    asker: Registration,
    asked: Registration,
    words: str = "",
    wish: Wish = Wish.MEET,
    owner: User | None = None,
) -> MeetingRequest:
    """A request of one registered guest to another, which waits a week at most; they are told by letter.

    A guest asks only those who agreed to be known to other guests; to others they get `NotAllowed`, as if the other
    did not exist. Raises `Oneself`, `AnotherEvent`, `GuestGone`, `AlreadyAsked`, `DeclinedBefore`.
    """
    require_voice(by, asker, "ask to meet")
    require_own(asked, by=by)
    _require_two(asker, asked)
    require_coming(asker, asked)
    if not can_arrange(by):
        _require_known(asker, asked)
    try:
        with transaction.atomic():
            request = MeetingRequest.objects.create(
                promoter_id=by.promoter_pk, event_id=asker.event_id, asker=asker, asked=asked, wish=wish, words=words,
                owner=owner, asked_at=at, expires_at=at + WAITS,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyAsked(standing_request(asker, asked)) from None
    _tell(by, at, "ask_to_meet", request, None, {"asker": str(asker.person), "asked": str(asked.person)})
    write_of_request(template=ASKED, by=by, at=at, to=asked, asking=request)
    return request


def standing_request(one: Registration, other: Registration) -> MeetingRequest | None:
    """The request that stands between two guests, whoever asked; None where none does."""
    pair = (one.pk, other.pk)
    return MeetingRequest.objects.filter(asker__in=pair, asked__in=pair, state__in=LIVE).first()


def shares(person: Person) -> bool:
    """Whether a person agreed to be known to the other guests, by their latest answer; not asked is no."""
    purpose = ConsentPurpose.SHARE_WITH_EXHIBITORS
    latest = Consent.objects.filter(person=person, purpose=purpose).order_by("-at", "-pk").first()
    return latest is not None and latest.given


def _require_two(asker: Registration, asked: Registration) -> None:
    if asker.pk == asked.pk:
        raise Oneself(asker.public_id)
    if asker.event_id != asked.event_id:
        raise AnotherEvent(asked.public_id)


def _require_known(asker: Registration, asked: Registration) -> None:
    if not shares(asked.person):
        raise NotAllowed("ask a guest who is not known to others")
    if MeetingRequest.objects.filter(asker=asker, asked=asked, state=RequestState.DECLINED).exists():
        raise DeclinedBefore(asked.public_id)


def accept_request(*, by: Actor, at: datetime, meeting_request: MeetingRequest) -> None:
    """The guest asked wants to meet; it may be placed now, and who asked is told. Raises `AlreadyAnswered`, also where
    it expired.
    """
    require_voice(by, meeting_request.asked, "accept a request")
    require_coming(meeting_request.asker, meeting_request.asked)
    _answer(by, at, meeting_request, RequestState.ACCEPTED, "accept_request")


def decline_request(*, by: Actor, at: datetime, meeting_request: MeetingRequest) -> None:
    """The guest asked does not want to meet; who asked is told. Raises `AlreadyAnswered`."""
    require_voice(by, meeting_request.asked, "decline a request")
    _answer(by, at, meeting_request, RequestState.DECLINED, "decline_request")


@transaction.atomic
def withdraw_request(*, by: Actor, at: datetime, meeting_request: MeetingRequest) -> None:
    """Who asked takes it back, waiting or accepted. Raises `AlreadyAnswered`; `StillPlaced` with a meeting."""
    require_voice(by, meeting_request.asker, "withdraw a request")
    MeetingRequest.objects.select_for_update().get(pk=meeting_request.pk)
    if Meeting.objects.filter(request=meeting_request).exclude(state=MeetingState.CANCELLED).exists():
        raise StillPlaced(meeting_request.public_id)
    _settle(by, at, meeting_request, RequestState.WITHDRAWN, "withdraw_request", LIVE)


def expire_requests(*, at: datetime) -> int:
    """Close what was not answered in time, at every promoter; answers how many. The house's own work."""
    late = MeetingRequest.objects.filter(state=RequestState.ASKED, expires_at__lte=at).select_related("promoter")
    closed = 0
    for request in late.order_by("pk")[:500]:
        by = task_actor("expire_requests", promoter_pk=request.promoter_id, promoter_key=request.promoter.key)
        try:
            with transaction.atomic():
                _settle(by, at, request, RequestState.EXPIRED, "expire_request", (RequestState.ASKED,))
        except AlreadyAnswered:
            continue
        closed += 1
    return closed


@transaction.atomic
def _answer(by: Actor, at: datetime, meeting_request: MeetingRequest, state: RequestState, verb: str) -> None:
    if meeting_request.state == RequestState.ASKED and meeting_request.expires_at <= at:
        raise AlreadyAnswered(meeting_request.public_id)
    _settle(by, at, meeting_request, state, verb, (RequestState.ASKED,))
    write_of_request(template=ANSWERED[state], by=by, at=at, to=meeting_request.asker, asking=meeting_request)


def _settle(
    by: Actor,
    at: datetime,
    meeting_request: MeetingRequest,
    state: RequestState,
    verb: str,
    among: tuple[RequestState, ...],
) -> None:
    before = str(meeting_request.state)
    changed = MeetingRequest.objects.filter(pk=meeting_request.pk, state__in=among).update(
        state=state, answered_at=at, version=F("version") + 1
    )
    meeting_request.refresh_from_db(fields=["state", "answered_at", "version"])
    if not changed:
        raise AlreadyAnswered(meeting_request.public_id)
    _tell(by, at, verb, meeting_request, {"state": before}, {"state": str(state)})


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    meeting_request: MeetingRequest,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="meeting_request", object_id=meeting_request.public_id,
        object_label=f"{meeting_request.asker.person} – {meeting_request.asked.person}",
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
