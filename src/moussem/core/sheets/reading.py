"""Reading a file by the bounded process: its lines as they come, and a refusal in the place of whatever killed it."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from moussem.core.sheets.shapes import Bounds, Manner, Refused, SheetHead, SheetRow

AS_IT_LOOKS = Manner()


def read_sheets(path: Path, bounds: Bounds, manner: Manner = AS_IT_LOOKS) -> Iterator[SheetHead | list[SheetRow]]:
    """The sheets of a file, each a head and then its rows in batches; every row counts against `bounds.rows`, and the
    first ones that are titles and headings do not. `manner` is how a text is read; a workbook says so itself.

    Raises `Refused`: before the first row, or when the row comes that cannot be read.
    """
    command = [sys.executable, "-I", "-m", "moussem.core.sheets.child", str(path)]
    command += [json.dumps(asdict(said)) for said in (bounds, manner)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)  # noqa: S603 - our own module
    late = threading.Event()
    timer = threading.Timer(bounds.wait_s, lambda: (late.set(), child.kill()))
    timer.start()
    try:
        ended = yield from _told(child)
        child.wait()
        if not ended:
            raise Refused("slow" if late.is_set() or -child.returncode in _TIME_SIGNALS else "memory")
    finally:
        timer.cancel()
        child.kill()
        child.wait()
        if child.stdout is not None:
            child.stdout.close()


_TIME_SIGNALS = (24, 9)
"""SIGXCPU, and SIGKILL after it."""


def _told(child: "subprocess.Popen[bytes]") -> Iterator[SheetHead | list[SheetRow]]:
    for line in child.stdout or ():
        said = json.loads(line)
        if "refused" in said:
            code = said.pop("refused")
            raise Refused(code, **said)
        if "end" in said:
            return True
        if "sheet" in said:
            merged = tuple(tuple(place) for place in said.get("merged", ()))
            yield SheetHead(said["sheet"], merged, said.get("encoding", ""), said.get("delimiter", ""))
        else:
            yield [SheetRow(number, cells) for number, cells in said["rows"]]
    return False
