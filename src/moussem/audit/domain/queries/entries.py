"""The ledger as pages show it: newest first, by keyset."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import pgettext

from moussem.audit.domain.queries.changes import Change, changes_of
from moussem.audit.models import ChainHead, Entry
from moussem.core.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown: the entry, the fields that changed, and whether what it said was erased."""

    entry: Entry
    changes: tuple[Change, ...]
    is_erased: bool

    @property
    def did(self) -> str:
        """What was done, in the reader's words; a verb that no app put into words is said in English."""
        return _in_words(self.entry.verb)

    @property
    def sort_of_object(self) -> str:
        """What sort of object it was done to, in the reader's words."""
        return _in_words(self.entry.object_kind)


@dataclass(frozen=True, slots=True)
class ChainState:
    """Where a chain stands: entries sealed, entries not sealed yet, and the last walk (null: never walked)."""

    sealed: int
    unsealed: int
    verified_at: datetime | None
    faults: int | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries; `older` is the cursor of the next page (None: there is none)."""

    lines: tuple[Line, ...]
    older: uuid.UUID | None


def ledger_page(
    actor: Actor, *, object_kind: str = "", object_id: str = "", before: uuid.UUID | None = None, size: int = PAGE
) -> Page:
    """The entries that the actor may read, newest first, from the one older than `before`; of one object, or all.

    An unknown `before` gives an empty page.
    """
    rows = Entry.objects.visible_to(actor)
    if object_kind:
        rows = rows.filter(object_kind=object_kind)
    if object_id:
        rows = rows.filter(object_id=object_id)
    if before is not None:
        rows = rows.filter(pk__lt=_key_of(actor, before))
    found = list(rows.select_related("payload").order_by("-pk")[: size + 1])
    shown = found[:size]
    return Page(tuple(_line(entry) for entry in shown), shown[-1].public_id if len(found) > size else None)


def history(actor: Actor, kind: str, key: object, *, size: int = PAGE) -> tuple[Line, ...]:
    """The newest entries about one object that the actor may read, newest first; for any page about that object."""
    return ledger_page(actor, object_kind=kind, object_id=str(key), size=size).lines


def chain_state(actor: Actor) -> ChainState:
    """Where the chain of the actor's promoter stands."""
    head = ChainHead.objects.filter(promoter_key=actor.promoter_key).first()
    unsealed = Entry.objects.visible_to(actor).unsealed().count()
    if head is None:
        return ChainState(0, unsealed, None, None)
    return ChainState(head.count, unsealed, head.verified_at, head.faults)


def _in_words(code: str) -> str:
    """The words of a verb or kind of object; each app keeps its own as `LEDGER_WORDS` in its enums."""
    return pgettext("ledger", code.replace("_", " ")) if code else ""


def _key_of(actor: Actor, cursor: uuid.UUID) -> int:
    found = Entry.objects.visible_to(actor).filter(public_id=cursor).values_list("pk", flat=True).first()
    return found or 0


def _line(entry: Entry) -> Line:
    payload = getattr(entry, "payload", None)
    if payload is None:
        return Line(entry, (), False)
    return Line(entry, changes_of(payload.before, payload.after), payload.erased_at is not None)
