"""The heads kept outside the database: one line after each sealing, in a file that is only ever appended to.

Whoever cuts the end off a chain can put back an older head, which was a true one once; the kept lines tell that there
was more.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

INSTALLATION = "installation"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain as it stood once: entries sealed, last seal, mark."""

    count: int
    seal: str
    mark: str


NO_HEAD = Head(0, "", "")


def heads_path(promoter_key: str, folder: Path | None = None) -> Path:
    """The file with the kept heads of a promoter's chain ("": the installation's)."""
    return (folder or Path(settings.LEDGER)) / f"{promoter_key or INSTALLATION}.heads"


def kept_chains(folder: Path | None = None) -> list[str]:
    """The promoter keys of every chain of which a head was kept."""
    names = sorted(path.stem for path in (folder or Path(settings.LEDGER)).glob("*.heads"))
    return ["" if name == INSTALLATION else name for name in names]


def kept_heads(promoter_key: str, folder: Path | None = None) -> Iterator[Head]:
    """The kept heads from the oldest; an unreadable line comes as a head that no mark fits. A last line without its
    end was being written when the machine stopped, and is left out.
    """
    path = heads_path(promoter_key, folder)
    if not path.exists():
        return
    with path.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if line.endswith("\n"):
                yield _read(line)


def last_kept(promoter_key: str) -> Head:
    """The newest kept head; `NO_HEAD` where none was kept. Reads only the end of the file."""
    path = heads_path(promoter_key)
    if not path.exists():
        return NO_HEAD
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1024))
        whole = [line for line in file.read().decode("ascii", "replace").splitlines(keepends=True) if line[-1] == "\n"]
    return _read(whole[-1]) if whole else NO_HEAD


def keep(promoter_key: str, head: Head) -> None:
    """Append a head and wait until it is on the disk."""
    path = heads_path(promoter_key)
    _mend(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{head.count} {head.seal} {head.mark}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _mend(path: Path) -> None:
    """Take away a last line that was never finished, and nothing else."""
    if path.exists():
        whole = path.read_bytes().rpartition(b"\n")
        if whole[2]:
            os.truncate(path, len(whole[0]) + len(whole[1]))


@contextmanager
def sealing_alone(promoter_key: str) -> Iterator[None]:
    """Hold the chain's lock on this machine, so that heads are kept in the order in which they were made."""
    folder = Path(settings.LEDGER)
    folder.mkdir(parents=True, exist_ok=True)
    with heads_path(promoter_key).with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(line: str) -> Head:
    match line.split():
        case [count, seal, mark] if count.isdecimal():
            return Head(int(count), seal, mark)
    return Head(0, "unreadable", "")
