"""How far long work is, told while its transaction is open: a small file, since no row of it can be seen before."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of how many are done."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        """In hundredths, rounded down; 0 where nothing is known."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def _file(key: str) -> Path:
    return Path(settings.FILES) / "progress" / key


def note(key: str, done: int, total: int) -> None:
    """Tell how far the work called `key` (a public identifier) is."""
    path = _file(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{key}.{os.getpid()}")
    beside.write_text(f"{done} {total}")
    beside.replace(path)


def told(key: str) -> Progress | None:
    """How far it is; None where nothing was told."""
    try:
        done, total = _file(key).read_text().split()
        return Progress(int(done), int(total))
    except (OSError, ValueError):
        return None


def forget(key: str) -> None:
    """Nothing more is told of it."""
    _file(key).unlink(missing_ok=True)
