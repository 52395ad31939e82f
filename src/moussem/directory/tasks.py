"""Background work of the directory."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from moussem.accounts.models import Promoter
from moussem.core.actor import task_actor
from moussem.core.jobs import every, runner
from moussem.directory.domain.duplicates import propose_duplicates
from moussem.directory.domain.imports.deciding import drop_forgotten
from moussem.directory.domain.imports.reading import read_list
from moussem.directory.domain.imports.undoing import undo_list
from moussem.directory.domain.imports.writing import write_list
from moussem.directory.enums import CLEAR_LISTS, FIND_DUPLICATES, READ_LIST, UNDO_LIST, WRITE_LIST
from moussem.directory.models import ImportedList

LEASE_S = 600
"""Longer than the largest list takes to be read or written."""


@runner(FIND_DUPLICATES)
def find_duplicates(*, promoter: str) -> None:
    """Propose what may be one in the directory of the promoter with this key; run again, it proposes nothing new."""
    owner = Promoter.objects.get(public_id=promoter)
    actor = task_actor(FIND_DUPLICATES, promoter_pk=owner.pk, promoter_key=owner.key)
    propose_duplicates(by=actor, at=timezone.now())


@runner(READ_LIST, lease_s=LEASE_S)
def read(*, imported_list: str) -> None:
    """Read a dropped file and keep its preview; run again, a list that was read stays as it is."""
    _with(imported_list, READ_LIST, read_list)


@runner(WRITE_LIST, lease_s=LEASE_S)
def write(*, imported_list: str) -> None:
    """Write a confirmed list in one transaction; run again, a list that was written stays as it is."""
    _with(imported_list, WRITE_LIST, write_list)


@runner(UNDO_LIST, lease_s=LEASE_S)
def undo(*, imported_list: str) -> None:
    """Take back a written list in one transaction; run again, a list that was undone stays as it is."""
    _with(imported_list, UNDO_LIST, undo_list)


@every(CLEAR_LISTS, seconds=3600)
def clear() -> None:
    """Drop the lists that waited thirty days for their yes; done twice, it drops nothing new."""
    drop_forgotten(at=timezone.now())


def _with(imported_list: str, name: str, act: Callable[..., Any]) -> None:
    row = ImportedList.objects.select_related("promoter", "file", "owner").get(public_id=imported_list)
    actor = task_actor(name, promoter_pk=row.promoter_id, promoter_key=row.promoter.key)
    act(by=actor, at=timezone.now(), imported=row)
