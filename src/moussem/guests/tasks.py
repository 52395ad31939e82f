"""The guests' own work: what was not answered in time, the next waves, changes of the day, and lists from files."""

from django.utils import timezone

from moussem.core.actor import Actor, task_actor
from moussem.core.jobs import every, runner
from moussem.directory.models import ImportedList
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.changes import tell_changes_everywhere
from moussem.guests.domain.from_files import invite_taken, take_guests, undo_guests
from moussem.guests.domain.invitations import EventBegun, EventCancelled, EventUndated, expire_everywhere
from moussem.guests.domain.judging import judge_lists_everywhere
from moussem.guests.domain.long_lists import judge_asked
from moussem.guests.domain.waves import fill_waves_everywhere
from moussem.guests.enums import (
    EXPIRE,
    FILL_WAVES,
    INVITE_LIST,
    JUDGE_LIST,
    JUDGE_LISTS,
    TAKE_BACK_LIST,
    TAKE_LIST,
    TELL_CHANGES,
)

LEASE_S = 600


@every(EXPIRE, seconds=600)
def expire() -> None:
    """Note which guests of events that have begun did not answer; done twice, it notes nothing new."""
    expire_everywhere(at=timezone.now())


@every(FILL_WAVES, seconds=60)
def fill_waves() -> None:
    """Invite the next of each list whose waves are on, where somebody lacks; done twice, nobody lacks any more."""
    fill_waves_everywhere(at=timezone.now())


@every(JUDGE_LISTS, seconds=900)
def judge_lists() -> None:
    """Let the targets of events to come stand as the directory now says; done twice, nobody stands elsewhere."""
    judge_lists_everywhere(at=timezone.now())


@runner(JUDGE_LIST, lease_s=LEASE_S)
def judge(*, event: str, run: str) -> None:
    """Judge a long list in one transaction; run again, nobody stands elsewhere."""
    row = Event.objects.select_related("promoter").get(public_id=event)
    by = task_actor(JUDGE_LIST, promoter_pk=row.promoter_id, promoter_key=row.promoter.key)
    judge_asked(by=by, at=timezone.now(), event=row, run=run)


@every(TELL_CHANGES, seconds=30)
def tell_changes() -> None:
    """Tell guests of events that moved or were cancelled; done twice, what was told is not told again."""
    tell_changes_everywhere(at=timezone.now())


def _loaded(imported_list: str, name: str) -> tuple[Actor, ImportedList, Event]:
    related = ("promoter", "file", "owner")
    imported = ImportedList.objects.select_related(*related).get(public_id=imported_list)
    event = Event.objects.select_related("promoter").get(promoter=imported.promoter_id, public_id=imported.object_key)
    by = task_actor(name, promoter_pk=imported.promoter_id, promoter_key=imported.promoter.key)
    return by, imported, event


@runner(TAKE_LIST, lease_s=LEASE_S)
def take(*, imported_list: str, guest_kind: str, invites: bool) -> None:
    """Write a confirmed list and target its people; run again, a list that was written stays as it is."""
    by, imported, event = _loaded(imported_list, TAKE_LIST)
    kind = GuestKind.objects.filter(event=event, public_id=guest_kind).first() if guest_kind else None
    take_guests(by=by, at=timezone.now(), event=event, imported=imported, guest_kind=kind, invites=invites)


@runner(INVITE_LIST, lease_s=LEASE_S)
def invite(*, imported_list: str) -> None:
    """Invite whom a list brought; run again, it invites who is not invited yet. An event without days, one that has
    begun and one that was cancelled invite nobody.
    """
    by, imported, event = _loaded(imported_list, INVITE_LIST)
    try:
        invite_taken(by=by, at=timezone.now(), event=event, imported=imported)
    except (EventUndated, EventBegun, EventCancelled):
        return


@runner(TAKE_BACK_LIST, lease_s=LEASE_S)
def undo(*, imported_list: str) -> None:
    """Take back a list and its guests; run again, a list that was undone stays as it is."""
    by, imported, event = _loaded(imported_list, TAKE_BACK_LIST)
    undo_guests(by=by, at=timezone.now(), event=event, imported=imported)
