"""Ledgers to be verified, and copies of whole databases to do harm in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from moussem.audit.domain.entries import write_entry
from moussem.audit.domain.erasure import erase_payload
from moussem.audit.domain.sealing import seal_chain
from moussem.audit.models import Entry
from moussem.core.actor import Actor

AT = datetime(2014, 6, 26, 9, 30, tzinfo=UTC)
BY = Actor(kind="user", id="0190", label="organiser")
ONE, OTHER = "11111111-1111-7111-8111-111111111111", "22222222-2222-7222-8222-222222222222"
CHAINS = (ONE, OTHER, "")


def write(promoter_key: str = ONE, *, number: int = 0, at: datetime = AT) -> Entry:
    """One entry with a payload that both databases must give back as it was."""
    with transaction.atomic():
        return write_entry(
            by=BY,
            at=at + timedelta(minutes=number),
            verb=("record figure", "merge organisation", "publish event")[number % 3],
            object_kind="figure",
            object_id=f"figure-{number}",
            object_label=f"Nombre d’emplois n° {number} à Oujda",
            promoter_key=promoter_key,
            before={"value": number, "bound": "about"} if number % 2 else None,
            after={"value": number + 1, "words": "près de 4.500", "shares": [1, 2.5, None]},
        )


def write_chain(promoter_key: str, count: int, *, step: int = 7, erase_each: int = 11) -> None:
    """`count` acts, sealed `step` at a time so that many heads were true once; each eleventh is erased later."""
    for number in range(count):
        entry = write(promoter_key, number=number)
        if number % erase_each == 3:
            erase_payload(by=BY, at=AT + timedelta(days=1, minutes=number), entry=entry, reason="asked by the person")
        if number % step == step - 1:
            seal_chain(promoter_key)
    seal_chain(promoter_key)


class Copies:
    """Copies of the test database and of the kept heads. On PostgreSQL, where copying a database takes a second, the
    copy is a transaction that is undone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Path(settings.LEDGER)
        self.name = connection.settings_dict["NAME"]
        self.on_sqlite = connection.vendor == "sqlite"
        if self.on_sqlite:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(folder / "whole.sqlite3")])
            connection.close()

    @contextmanager
    def one(self) -> Iterator[Path]:
        """A fresh copy behind Django's connection, and the folder of its kept heads."""
        heads = self.folder / "heads"
        shutil.rmtree(heads, ignore_errors=True)
        shutil.copytree(self.ledger, heads)
        settings.LEDGER = heads
        try:
            with self._file() if self.on_sqlite else self._transaction():
                yield heads
        finally:
            settings.LEDGER = self.ledger

    @contextmanager
    def _file(self) -> Iterator[None]:
        copy = shutil.copyfile(self.folder / "whole.sqlite3", self.folder / "copy.sqlite3")
        connection.settings_dict["NAME"] = str(copy)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = self.name
            for path in self.folder.glob("copy.sqlite3*"):
                path.unlink()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
