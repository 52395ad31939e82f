"""A list from a file as the gathering that it is for sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moussem.core.actor import Actor
from moussem.directory.domain.imports.deciding import open_doubts
from moussem.directory.domain.names import fold
from moussem.directory.domain.queries.imports import kinds_named
from moussem.directory.enums import ImportState, Verdict
from moussem.directory.models import ImportedList
from moussem.events.domain.hours import answers_until
from moussem.events.domain.queries.desk import kinds_of
from moussem.events.enums import FOR_EVENT
from moussem.events.models import Event, GuestKind
from moussem.guests.models import Target


@dataclass(frozen=True, slots=True)
class GuestList:
    """A list for a gathering. `unknown_kinds` are kinds of guests that the file names and the gathering does not have,
    `wrong` rows to be corrected, `doubts` rows of which nobody said whom they mean;
    `targeted` and `invited` count whom the list brought; `without_email` those of them who cannot be written to.
    """

    event: Event
    imported: ImportedList
    kinds: Sequence[GuestKind]
    unknown_kinds: Sequence[str]
    to_take: int
    wrong: int
    doubts: int
    targeted: int
    invited: int
    without_email: int
    may_invite: bool


def guest_list(actor: Actor, imported: ImportedList, *, at: datetime) -> GuestList | None:
    """A list on its page for the gathering it is for; None where it is for none that the actor sees."""
    if imported.object_kind != FOR_EVENT:
        return None
    own = Event.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    event = own.select_related("promoter").filter(public_id=imported.object_key).first()
    if event is None:
        return None
    kinds = kinds_of(actor, event)
    called = {fold(text) for kind in kinds for text in kind.name.values()}
    waits = imported.state == ImportState.READY
    until = answers_until(event)
    brought = Target.objects.visible_to(actor).filter(imported_list=imported, dropped_at=None)
    is_written = imported.state in (ImportState.WRITTEN, ImportState.UNDONE)
    return GuestList(
        event=event,
        imported=imported,
        kinds=kinds,
        unknown_kinds=sorted(kind for kind in kinds_named(imported) if fold(kind) not in called) if waits else (),
        to_take=sum(count for verdict, count in imported.counts.items() if verdict != Verdict.WRONG),
        wrong=imported.counts.get(Verdict.WRONG, 0),
        doubts=open_doubts(imported) if waits else 0,
        targeted=brought.count() if is_written else 0,
        invited=brought.filter(invitation__sent_at__isnull=False).count() if is_written else 0,
        without_email=brought.filter(person__email="").count() if is_written else 0,
        may_invite=until is not None and at < until,
    )
