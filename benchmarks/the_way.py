"""The claim: every page of the way answers on the demonstration with p95 within 100 ms and at most 12 queries.

    python -m benchmarks.the_way                       both databases
    python -m benchmarks.the_way --database sqlite --rounds 5 --only "return"

The demonstration with its playground is prepared in a database of its own (a folder under the system's temporary one,
or a private PostgreSQL), its pages are visited through the product's whole stack of middleware as whoever opens them on
the way, and it is removed. Beside each time stands its ratio to a bare view (one select, no template) right before it.
Ends with 1 where a page misses the time or the queries.
"""

import argparse
import statistics
import sys
from collections.abc import Mapping

from benchmarks.pages import BARE, WARMING, Speed, Visitor, folder_of, measure, print_machine

LIMIT_MS = 100
LIMIT_QUERIES = 12


def measure_page(visitor: Visitor, page: str, rounds: int, requests: int) -> Speed:
    """The medians over the rounds of one page, once warm."""
    visitor.visit(page, WARMING)
    taken = [measure(visitor, page, requests) for _ in range(rounds)]
    return Speed(*(statistics.median(column) for column in zip(*taken, strict=True)))


def walk(database: str, arguments: argparse.Namespace) -> bool:
    """Every page of the way on one database; whether each holds."""
    settings = {"MOUSSEM_DEMONSTRATION": "yes", "MOUSSEM_SITE_URL": "http://127.0.0.1:8000"}
    with folder_of(None) as folder:
        visitor = Visitor(database, "WAY", folder, program="benchmarks.walking", **settings)
        try:
            told = visitor.ready()
            print(f"{told['database']}, prepared in {told['filled_s']} s")
            print(f"  {'page':28} {'p50':>7} {'p95':>7} {'bare':>7} {'queries':>8}")
            pages = [page for page in told["pages"] if arguments.only in page and page != BARE]
            speeds = {}
            for page in pages:
                speeds[page] = measure_page(visitor, page, arguments.rounds, arguments.requests)
                _print_page(page, speeds[page], told["queries"][page])
        finally:
            visitor.close()
    return _print_sum(speeds, told["queries"])


def _print_page(page: str, speed: Speed, queries: int) -> None:
    marks = ["SLOW"] * (speed.p95 > LIMIT_MS) + ["MANY"] * (queries > LIMIT_QUERIES)
    print(
        f"  {page:28} {speed.p50:7.1f} {speed.p95:7.1f} {speed.bare:6.1f}x {queries:8}  {' '.join(marks)}", flush=True
    )


def _print_sum(speeds: Mapping[str, Speed], queries: Mapping[str, int]) -> bool:
    slow = [page for page, speed in speeds.items() if speed.p95 > LIMIT_MS]
    many = [page for page in speeds if queries[page] > LIMIT_QUERIES]
    print(f"  p95 within {LIMIT_MS} ms: {len(speeds) - len(slow)} of {len(speeds)} pages {slow or ''}")
    print(f"  at most {LIMIT_QUERIES} queries: {len(speeds) - len(many)} of {len(speeds)} pages {many or ''}")
    return not slow and not many


def main() -> None:
    """Measure, print, and end with 1 where the claim is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--rounds", type=int, default=3, help="at least 3 for a claim; medians are taken")
    parser.add_argument("--requests", type=int, default=20, help="requests of a page in one round")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    arguments = parser.parse_args()
    print_machine("-m benchmarks.the_way")
    databases = ("sqlite", "postgres") if arguments.database == "both" else (arguments.database,)
    held = [walk(database, arguments) for database in databases]
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
