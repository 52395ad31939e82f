"""Opening a list: the file is kept, and a worker reads it. Nothing of it is in the directory yet."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from moussem.accounts.domain.refusals import require
from moussem.accounts.models import User
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.files import store
from moussem.core.jobs import enqueue
from moussem.directory.enums import READ_LIST
from moussem.directory.models import ImportedList
from moussem.directory.permissions import can_write

MEDIA_TYPE = "application/octet-stream"


@transaction.atomic
def open_list(
    *, by: Actor, at: datetime, file: BinaryIO, filename: str, object_kind: str = "", object_key: UUID | None = None
) -> ImportedList:
    """Keep a dropped file and let the worker read it; `object_kind`, `object_key` name what it is for.

    Raises `core.files.FileTooLarge`. What is wrong inside is told by the list's own page.
    """
    require(can_write(by), "import a list")
    stored = store(file, MEDIA_TYPE)
    row = ImportedList.objects.create(
        promoter_id=by.promoter_pk, owner=_user_behind(by), file=stored, filename=_short(filename),
        object_kind=object_kind, object_key=object_key, opened_at=at,
    )  # fmt: skip
    ask_to_read(row)
    tell("open_list", by=by, at=at, imported=row, after={"sha256": stored.sha256, "size": stored.size})
    return row


def ask_to_read(row: ImportedList) -> None:
    """Let the worker read the list as its columns stand now."""
    promoter_key = row.promoter.key
    enqueue(
        READ_LIST, key=f"{row.public_id}:{row.version}", promoter_key=promoter_key, imported_list=str(row.public_id)
    )


def _short(filename: str) -> str:
    """The name without folders, its end kept."""
    name = "".join(c for c in PurePath(filename.replace("\\", "/")).name if c.isprintable()) or "?"
    return name if len(name) <= 200 else f"{name[:150]}…{name[-40:]}"


def _user_behind(by: Actor) -> User | None:
    try:
        return User.objects.filter(public_id=UUID(by.id)).first() if by.kind == "user" else None
    except ValueError:
        return None


def tell(verb: str, *, by: Actor, at: datetime, imported: ImportedList, after: Mapping[str, Any]) -> None:
    """The ledger's row of what happened to a list; the whole list has one, its people have none each."""
    write_entry(
        by=by, at=at, verb=verb, object_kind="imported_list", object_id=imported.public_id,
        object_label=imported.filename, promoter_key=imported.promoter.key, after=after,
    )  # fmt: skip
