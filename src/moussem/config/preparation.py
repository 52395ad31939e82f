"""What an installation needs before it serves: its tables, its static files and, where asked, the demonstration."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

import moussem


def prepare(*, demonstration: bool) -> None:
    """Bring the database and the static files to this version; load the demonstration where asked. Idempotent."""
    call_command("migrate", verbosity=0, interactive=False)
    collect_static_files()
    if demonstration:
        call_command("demo")


def collect_static_files() -> bool:
    """Collect the static files unless none has changed since the last time; whether anything was done."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    digest = hashlib.sha256("\n".join(_static_files()).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)
    return True


def _static_files() -> Iterator[str]:
    yield moussem.__version__
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            state = Path(storage.path(name)).stat()
            yield f"{name} {state.st_size} {state.st_mtime_ns}"
