"""After a meeting: did it take place, by the word of both sides; and what comes next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.actions.domain.actions import open_action
from moussem.actions.models import Action
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor, task_actor
from moussem.core.news import publish
from moussem.guests.domain.invitations import LINK_DAYS_AFTER
from moussem.guests.models import Registration
from moussem.meetings.domain.letters import OUTCOME, write_to_side
from moussem.meetings.domain.speaking import require_voice
from moussem.meetings.enums import ASK_OUTCOMES, MeetingState
from moussem.meetings.models import Meeting, Side
from moussem.meetings.news import MEETING_HELD
from moussem.meetings.permissions import can_arrange

ORIGIN = "meeting"
ASKED_WITHIN = timedelta(days=LINK_DAYS_AFTER)
"""For how long after a meeting its sides are still asked: as long as their links open."""


class TooEarly(Exception):
    """The meeting has not begun."""


class Cancelled(Exception):
    """The meeting was cancelled."""


class OwnWordStands(Exception):
    """The guest answered; staff do not say otherwise for them."""


@transaction.atomic
def note_outcome(*, by: Actor, at: datetime, side: Side, took_place: bool, words: str = "") -> Meeting:
    """What one side says of a meeting: the guest by their own link, or staff for a guest who has not answered.

    The meeting is *held* or *missed* where both sides say so and at least one said it itself, *disputed* where they
    differ. Raises `TooEarly`, `Cancelled`, `OwnWordStands`.
    """
    require_voice(by, side.registration, "say whether a meeting took place")
    meeting = Meeting.objects.select_for_update().get(pk=side.meeting_id)
    side.refresh_from_db()
    if meeting.state == MeetingState.CANCELLED:
        raise Cancelled(meeting.public_id)
    if at < meeting.slot.starts_at:
        raise TooEarly(meeting.public_id)
    for_them = by.label[:200] if by.kind != "link" else ""
    if for_them and side.took_place is not None and not side.answered_by:
        raise OwnWordStands(side.public_id)
    Side.objects.filter(pk=side.pk).update(
        took_place=took_place, words=words, answered_at=at, answered_by=for_them, version=F("version") + 1
    )
    side.refresh_from_db()
    before, state = str(meeting.state), state_of(list(meeting.sides.all()))
    Meeting.objects.filter(pk=meeting.pk).update(state=state, version=F("version") + 1)
    meeting.refresh_from_db()
    write_entry(
        by=by, at=at, verb="note_outcome", object_kind="meeting", object_id=meeting.public_id,
        object_label=str(side.registration.person), promoter_key=by.promoter_key, before={"state": before},
        after={"state": str(state), "took_place": took_place, "answered_by": for_them},
    )  # fmt: skip
    if state == MeetingState.HELD:
        publish(MEETING_HELD, key=str(meeting.public_id), promoter_key=by.promoter_key, meeting=str(meeting.public_id))
    return meeting


def state_of(sides: list[Side]) -> MeetingState:
    """How a meeting stands by what its sides said; nothing is settled by the staff's word alone."""
    said = {side.took_place for side in sides}
    own_words = any(side.took_place is not None and not side.answered_by for side in sides)
    if said == {True, False}:
        return MeetingState.DISPUTED
    if None in said or not own_words:
        return MeetingState.PLACED
    return MeetingState.HELD if said == {True} else MeetingState.MISSED


def ask_outcomes(*, at: datetime) -> int:
    """Ask by letter, once the day of a meeting is over, every side that has not said whether it took place: each once.

    At every promoter, the house's own work; after `ASKED_WITHIN` nobody is asked any more. Answers how many were.
    """
    over = Side.objects.filter(slot__ends_at__lte=at, slot__ends_at__gt=at - ASKED_WITHIN)
    silent = over.filter(took_place=None, asked_at=None, cancelled=False, registration__cancelled_at=None)
    silent = silent.filter(meeting__state__in=(MeetingState.PLACED, MeetingState.DISPUTED))
    rows = silent.select_related("slot", "promoter").order_by("slot__ends_at", "pk")[:500]
    return sum(_asked(side, at) for side in rows if _day_is_over(side, at))


def _day_is_over(side: Side, at: datetime) -> bool:
    zone = ZoneInfo(side.slot.zone)
    return side.slot.ends_at.astimezone(zone).date() < at.astimezone(zone).date()


@transaction.atomic
def _asked(side: Side, at: datetime) -> bool:
    by = task_actor(ASK_OUTCOMES, promoter_pk=side.promoter_id, promoter_key=side.promoter.key)
    if not Side.objects.filter(pk=side.pk, asked_at=None, took_place=None).update(asked_at=at):
        return False  # another worker asked, or the guest answered
    sides = ("asker", "asked")
    meetings = Meeting.objects.select_related(*(f"request__{one}__person" for one in sides))
    meeting = meetings.get(pk=side.meeting_id)
    guest = next(one for one in meeting.request.sides if one.pk == side.registration_id)
    write_entry(
        by=by, at=at, verb="ask_outcome", object_kind="meeting", object_id=meeting.public_id,
        object_label=str(guest.person), promoter_key=by.promoter_key,
    )  # fmt: skip
    write_to_side(template=OUTCOME, by=by, at=at, to=guest, meeting=meeting)
    return True


def note_next_step(
    *, by: Actor, at: datetime, meeting: Meeting, about: Registration, words: str, owner: User | None,
    due_on: date | None,
) -> Action:  # fmt: skip
    """What comes of a meeting: a next step about one side's organisation, or the person where they come for none.

    One step of a meeting about each side: asked again, the one that stands is answered. Raises `NotAColleague`.
    """
    require(can_arrange(by), "note the next step of a meeting")
    require_own(meeting, about, by=by)
    subject = about.organisation.subject if about.organisation else about.person.subject
    return open_action(
        by=by, at=at, words=words, owner=owner, due_on=due_on, about=subject, origin_kind=ORIGIN,
        origin_key=f"{meeting.public_id}:{about.public_id}",
    )  # fmt: skip


def next_steps_of(meeting: Meeting) -> list[Action]:
    """The next steps that came of a meeting, the first one first."""
    found = Action.objects.filter(
        promoter_id=meeting.promoter_id, origin_kind=ORIGIN, origin_key__startswith=str(meeting.public_id)
    )
    return list(found.select_related("owner", "about").order_by("pk"))
