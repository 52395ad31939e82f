"""Ledgers to be verified, and copies of whole databases to do harm in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
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
    """Copies of the test database and of the kept heads, on whichever engine the tests run."""

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
        copy = self._copy()
        settings.LEDGER = heads
        connection.settings_dict["NAME"] = copy
        try:
            yield heads
        finally:
            connection.close()
            connection.settings_dict["NAME"] = self.name
            settings.LEDGER = self.ledger
            self._drop(copy)

    def _copy(self) -> str:
        if self.on_sqlite:
            return shutil.copyfile(self.folder / "whole.sqlite3", self.folder / "copy.sqlite3").as_posix()
        self._maintain(f'CREATE DATABASE moussem_copy TEMPLATE "{self.name}"')
        return "moussem_copy"

    def _drop(self, copy: str) -> None:
        if self.on_sqlite:
            for path in self.folder.glob("copy.sqlite3*"):
                path.unlink()
        else:
            self._maintain(f"DROP DATABASE {copy}")

    def _maintain(self, statement: str) -> None:
        known = {"host": connection.settings_dict["HOST"], "user": connection.settings_dict["USER"]}
        with psycopg.connect(**known, dbname="postgres", autocommit=True) as maintenance:
            maintenance.execute(statement)
