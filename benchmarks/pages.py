"""The claim: public pages and lists answer at 100,000 organisations as they do at 100, p95 within 150 ms.

    python benchmarks/pages.py                       both databases, both sizes
    python benchmarks/pages.py --database sqlite --rounds 3 --only "figure"
    python benchmarks/pages.py --keep FOLDER         fills the databases there once; the next run finds them

Two databases of its own are filled (a folder under the system's temporary one, or a private PostgreSQL), visited by
turns through the product's whole stack of middleware, and removed unless they are kept. Beside each time stands its
ratio to a bare view (one select, no template) of the same database in the same round. Ends with 1 where a page misses
the claim or a total is another than the database's own.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
BARE = "bare view"
LIMIT_MS = 150
LIMIT_RATIO = 2.0
SIZES = ("SMALL", "LARGE")
WARMING = 12
"""Requests before the first round: each address of a page once."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians over the rounds, in milliseconds; `bare` is the ratio of the p50 to the bare view's."""

    p50: float
    p95: float
    bare: float


class Visitor:
    """A program that has filled one database and visits its pages when asked."""

    def __init__(
        self, database: str, size: str, folder: Path, *, program: str = "benchmarks.visiting", **settings: str
    ) -> None:
        """Start filling; the answer is awaited by `ready`. `settings` are the product's, by their `MOUSSEM_` names."""
        command = [sys.executable, "-m", program, size]
        home = folder / f"{database}-{size.lower()}"
        home.mkdir(exist_ok=True)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MOUSSEM_")}
        environment |= {"MOUSSEM_VAR": str(home), "DJANGO_SETTINGS_MODULE": "benchmarks.settings", **settings}
        if database == "postgres":
            command = [str(TOP / "tools" / "with-postgres"), *command]
            environment["MOUSSEM_POSTGRES_FOLDER"] = str(home / "cluster")
        self.program = subprocess.Popen(
            command, cwd=TOP, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ready(self) -> dict[str, Any]:
        """What was filled, in which database, and whether its totals agree."""
        return self._read()

    def visit(self, page: str, requests: int) -> list[float]:
        """The milliseconds of so many requests for a page, once warm."""
        assert self.program.stdin
        self.program.stdin.write(json.dumps({"page": page, "requests": requests}) + "\n")
        self.program.stdin.flush()
        return list(self._read()["milliseconds"])

    def close(self) -> None:
        """Let it end; its database goes with it."""
        if self.program.stdin:
            self.program.stdin.close()
        self.program.wait(timeout=60)

    def _read(self) -> dict[str, Any]:
        assert self.program.stdout
        line = self.program.stdout.readline()
        if not line:
            raise SystemExit("a measuring program ended early; its words are above")
        return dict(json.loads(line))


def measure(visitor: Visitor, page: str, requests: int) -> tuple[float, float, float]:
    """One round of one page: p50, p95 and the ratio to the bare view right before it."""
    bare = statistics.median(visitor.visit(BARE, 10))
    spent = sorted(visitor.visit(page, requests))
    middle = statistics.median(spent)
    return middle, spent[max(0, -(-95 * len(spent) // 100) - 1)], middle / bare


def measure_all(
    visitors: Mapping[str, Visitor], pages: Sequence[str], rounds: int, requests: int
) -> dict[str, dict[str, Speed]]:
    """Every page in both sizes by turns; the first visit of each only warms."""
    found: dict[str, dict[str, Speed]] = {}
    for page in pages:
        for visitor in visitors.values():
            visitor.visit(page, WARMING)
        taken: dict[str, list[tuple[float, float, float]]] = {size: [] for size in visitors}
        for _ in range(rounds):
            for size, visitor in visitors.items():
                taken[size].append(measure(visitor, page, requests))
        found[page] = {
            size: Speed(*(statistics.median(column) for column in zip(*each, strict=True)))
            for size, each in taken.items()
        }
        _print_page(page, found[page])
    return found


def _print_page(page: str, speeds: Mapping[str, Speed]) -> None:
    small, large = speeds["SMALL"], speeds["LARGE"]
    marks = ["SLOW"] * (large.p95 > LIMIT_MS) + ["GROWS"] * (large.p95 > LIMIT_RATIO * small.p95)
    print(
        f"  {page:38} {small.p50:7.1f} {small.p95:7.1f} {small.bare:6.1f}x  {large.p50:7.1f} {large.p95:7.1f} "
        f"{large.bare:6.1f}x  {large.p95 / small.p95:5.2f}  {' '.join(marks)}",
        flush=True,
    )


def compare(database: str, arguments: argparse.Namespace) -> bool:
    """Both sizes of one database; whether every page and every total holds."""
    with folder_of(arguments.keep) as folder:
        visitors = {size: Visitor(database, size, folder) for size in SIZES}
        try:
            told = {size: visitor.ready() for size, visitor in visitors.items()}
            agreed = _print_filled(told)
            pages = [page for page in told["LARGE"]["pages"] if arguments.only in page and page != BARE]
            print(f"  {'':38} {'100 organisations':^24}  {'100,000 organisations':^24}")
            print(f"  {'page':38} {'p50':>7} {'p95':>7} {'bare':>7}  {'p50':>7} {'p95':>7} {'bare':>7}  {'ratio':>5}")
            found = measure_all(visitors, pages, arguments.rounds, arguments.requests)
        finally:
            for visitor in visitors.values():
                visitor.close()
    missed = [p for p, s in found.items() if s["LARGE"].p95 > min(LIMIT_MS, LIMIT_RATIO * s["SMALL"].p95)]
    print(f"  {len(found) - len(missed)} of {len(found)} pages hold; totals {'agree' if agreed else 'DIFFER'}")
    return agreed and not missed


@contextmanager
def folder_of(kept: Path | None) -> Iterator[Path]:
    """The folder that is kept, else one that goes with the run; PostgreSQL's own user must reach it."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="moussem-pages-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def _print_filled(told: Mapping[str, Mapping[str, Any]]) -> bool:
    agreed = True
    for size, words in told.items():
        filled = f"filled in {words['filled_s']} s" if words["filled_s"] else "kept from an earlier run"
        print(f"{words['database']}, {size.lower()}: {words['rows']}, {filled}")
        for total in words["totals"]:
            same = total["ours"] == total["recomputed"]
            agreed = agreed and same
            if size == "LARGE" or not same:
                print(f"  {total['of']}: {total['ours']}, recomputed {total['recomputed']}")
    return agreed


def print_machine(script: str) -> None:
    """Where it is measured, and by which command."""
    print(f"Python {platform.python_version()}, Django {version('django')}, {platform.system()} {platform.machine()},")
    print(f"{os.cpu_count()} processors; python {script} {' '.join(sys.argv[1:])}; rounds by turns, medians")


def main() -> None:
    """Measure, print, and end with 1 where the claim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3, help="at least 3 for a claim; medians are taken")
    parser.add_argument("--requests", type=int, default=20, help="requests of a page in one round")
    parser.add_argument("--keep", type=Path, help="keep the filled databases in this folder, or find them there")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    arguments = parser.parse_args()
    print_machine("benchmarks/pages.py")
    databases = ("sqlite", "postgres") if arguments.database == "both" else (arguments.database,)
    held = [compare(database, arguments) for database in databases]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
