"""`moussem bounces`: read mail servers' reports of mails that came back, from a maildir, files or standard input."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from moussem.mail.domain.returns import NotSent, ReportUnknown, record_report
from moussem.mail.interfaces.reports import LARGEST, reports_in

READ = ":2,S"
"""The flag of a mail in a maildir that was seen."""


class Command(BaseCommand):
    """Note which mails came back, and stop writing to addresses that do not exist."""

    help = "Read reports of undelivered mail: a maildir (its new mails are then marked as read), files, or - for stdin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the reports are."""
        parser.add_argument("places", nargs="+", help="a maildir, a file with one mail, or - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """One mail after the other; each is noted as soon as it is read, and marked as read only then."""
        counts = {"noted": 0, "unknown": 0, "other": 0}
        for place in options["places"]:
            for path in _mails(place):
                counts[_noted(_source(path))] += 1
                if path is not None and path.parent.name == "new":
                    os.replace(path, path.parent.parent / "cur" / (path.name.partition(":")[0] + READ))
        self.stdout.write(
            f"{counts['noted']} noted, {counts['unknown']} of no mail of ours, {counts['other']} no report of a failure"
        )


def _mails(place: str) -> Iterator[Path | None]:
    """The mails of a place; None stands for standard input."""
    path = Path(place)
    if place == "-":
        yield None
    elif path.is_dir():
        if not ((path / "new").is_dir() and (path / "cur").is_dir()):
            raise CommandError(f"{place} is no maildir: it has no folders new and cur")
        yield from sorted(found for found in (path / "new").iterdir() if found.is_file())
    elif path.is_file():
        yield path
    else:
        raise CommandError(f"{place} is not there")


def _source(path: Path | None) -> bytes:
    """At most one byte more than a report may have, so that what is too large is not read as a whole."""
    if path is None:
        return sys.stdin.buffer.read(LARGEST + 1)
    with path.open("rb") as mail:
        return mail.read(LARGEST + 1)


def _noted(source: bytes) -> str:
    reports = reports_in(source)
    if not reports:
        return "other"
    outcome = "unknown"
    for report in reports:
        try:
            record_report(
                message_id=report.message_id, address=report.address, words=report.words, for_good=report.for_good,
                at=timezone.now(),
            )  # fmt: skip
        except (ReportUnknown, NotSent):
            continue
        outcome = "noted"
    return outcome
