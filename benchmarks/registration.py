"""How fast guests are invited and answer: 10,000 invitations queued, 1,000 answers for 300 seats.

The answers come from four clients in two processes, as two web processes take them: the whole way of a form.

.venv/bin/python benchmarks/registration.py           a database of its own, or that of MOUSSEM_DATABASE_URL
tools/with-postgres .venv/bin/python benchmarks/registration.py

Each speed is also shown as a ratio to a bare insert of one row, measured in the same run. Ends with 1 where either
takes more than ten seconds, or a seat was oversold.
"""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LISTED, ANSWERING, SEATS, BARE = 10_000, 1_000, 300, 500
CLIENTS, PROCESSES = 4, 2
ANSWER = "--answer"
LONGEST_S = 10.0
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def timed(work: Callable[[], Any]) -> float:
    """The seconds that `work` takes by the clock on the wall."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def tell(what: str, count: int, seconds: float, busy: float, bare: float) -> None:
    """Print one line: how many, how long by the clock and of a processor (the database's own left out), how many a
    second, and how many bare inserts one of them takes.
    """
    print(
        f"{what:34} {count:>7} in {seconds:7.2f} s, {busy:7.2f} s of a processor {count / seconds:>7.0f} a second "
        f"{seconds / count / bare:>7.2f} bare inserts"
    )


def bare_insert() -> float:
    """The seconds of one row written in a transaction of its own."""
    from moussem.core.models import NewsItem

    def write() -> None:
        for number in range(BARE):
            NewsItem.objects.create(name="benchmark", key=f"bare:{time.monotonic_ns()}:{number}")

    return timed(write) / BARE


def gathering(by: Any, name: str, listed: int, *, seats: int | None) -> Any:
    """A gathering with so many people on its list, each with an address."""
    from moussem.core.ids import uuid7
    from moussem.directory.models import Person
    from moussem.engines.values import period as periods
    from moussem.events.domain.events import EventFacts
    from moussem.events.domain.planning import Wish, plan_event
    from moussem.events.enums import EventKind, EventMode
    from moussem.evidence.enums import SubjectKind
    from moussem.evidence.models import Subject
    from moussem.guests.models import Target

    facts = EventFacts(
        kind=EventKind.CONFERENCE, name={"fr": name}, period=periods.day(date(2090, 1, 10)), mode=EventMode.ON_SITE,
        seats_on_site=seats,
    )  # fmt: skip
    event = plan_event(by=by, at=AT, facts=facts, wishes=(Wish({"fr": "Dirigeants"}, listed),))
    keys = [uuid7() for _ in range(listed)]
    subjects = Subject.objects.bulk_create(
        [
            Subject(promoter_id=by.promoter_pk, kind=SubjectKind.PERSON, public_id=key, label={"fr": f"{name} {n}"})
            for n, key in enumerate(keys)
        ],
        batch_size=1000,
    )
    people = Person.objects.bulk_create(
        [
            Person(
                promoter_id=by.promoter_pk, public_id=key, name=f"{name} {n}", folded=f"{name} {n}".lower(),
                email=f"g{n}@{name.lower()}.example", subject=subject,
            )
            for n, (key, subject) in enumerate(zip(keys, subjects, strict=True))
        ],
        batch_size=1000,
    )  # fmt: skip
    kind = event.guest_kinds.get()
    Target.objects.bulk_create(
        [Target(promoter_id=by.promoter_pk, event=event, person=person, guest_kind=kind) for person in people],
        batch_size=1000,
    )
    return event


def answer_all(addresses: Sequence[str]) -> tuple[dict[int, int], float, float]:
    """Each guest answers by their own page, from clients in two processes at once: how often each status came back, and
    the seconds by the clock and of a processor.
    """
    shares = [addresses[number::PROCESSES] for number in range(PROCESSES)]
    command = [sys.executable, __file__, ANSWER]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen(command, **pipes) for _ in shares]
    for process in running:
        process.stdout.readline()  # it is ready
    began = time.perf_counter()
    for process, share in zip(running, shares, strict=True):
        process.stdin.write(json.dumps(share) + "\n")
        process.stdin.flush()
    statuses: dict[int, int] = {}
    busy = 0.0
    for process in running:
        said = json.loads(process.stdout.readline())
        busy += said["busy"]
        for status, count in said["statuses"].items():
            statuses[int(status)] = statuses.get(int(status), 0) + count
    seconds = time.perf_counter() - began
    for process in running:
        process.communicate()
    return statuses, seconds, busy


def answer_a_share() -> None:
    """What one of these processes does: read addresses, answer from its clients at once, say how it went."""
    from django.db import connection, connections
    from django.test import Client

    from moussem.core.ids import uuid7

    Client(SERVER_NAME="127.0.0.1").get("/l/nobody/")  # the product is loaded as for a second visitor
    connection.close()
    print("ready", flush=True)
    busy = time.process_time()
    waiting, lock, statuses = json.loads(sys.stdin.readline()), threading.Lock(), dict[int, int]()

    def work() -> None:
        while True:
            with lock:
                if not waiting:
                    break
                address = waiting.pop()
            guest = Client(SERVER_NAME="127.0.0.1")
            status = guest.post(address, {"nonce": str(uuid7()), "answer": "on_site"}).status_code
            with lock:
                statuses[status] = statuses.get(status, 0) + 1
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(CLIENTS // PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"statuses": statuses, "busy": time.process_time() - busy}), flush=True)


def main() -> int:
    """Invite 10,000, let 1,000 answer for 300 seats, and say whether both were in time and nothing was oversold."""
    from django.core.management import call_command

    from moussem.accounts.domain.links import link_address
    from moussem.accounts.domain.promoters import create_promoter
    from moussem.accounts.enums import PromoterKind
    from moussem.core.actor import task_actor
    from moussem.guests.domain.sendings import invite_all
    from moussem.guests.models import Invitation, Registration
    from moussem.mail.models import Message

    call_command("migrate", verbosity=0)
    installation = task_actor("benchmark")
    promoter = create_promoter(slug="bench", name="Banc", kind=PromoterKind.PROMOTER, by=installation, at=AT)
    by = task_actor("benchmark", promoter_pk=promoter.pk, promoter_key=promoter.key)
    large = gathering(by, "Salon", LISTED, seats=None)
    small = gathering(by, "Forum", ANSWERING, seats=SEATS)
    busy = time.process_time()
    bare = bare_insert()
    bare_busy = time.process_time() - busy
    tell("bare insert of one row", BARE, bare * BARE, bare_busy, bare)
    busy = time.process_time()
    queued_s = timed(lambda: invite_all(by=by, at=AT, event=large))
    tell("invitations queued", Message.objects.count(), queued_s, time.process_time() - busy, bare)
    invite_all(by=by, at=AT, event=small)
    rows = Invitation.objects.filter(event=small).select_related("link")
    addresses = [f"/l/{link_address(row.link)}/answer/" for row in rows]
    statuses, answered_s, busy = answer_all(addresses)
    tell(f"answers by {CLIENTS} clients at once", ANSWERING, answered_s, busy, bare)
    print(f"load of the machine meanwhile: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    seated = Registration.objects.filter(event=small, cancelled_at=None).count()
    waiting = Invitation.objects.filter(event=small, state="waiting")
    in_order = sorted(waiting.values_list("waiting_rank", flat=True)) == list(range(1, ANSWERING - SEATS + 1))
    print(f"statuses {statuses}; {seated} seats taken of {SEATS}; {waiting.count()} wait, ranks in order: {in_order}")
    holds = statuses == {302: ANSWERING} and seated == SEATS and in_order
    return 0 if holds and max(queued_s, answered_s) <= LONGEST_S else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import django

    if ANSWER in sys.argv:
        django.setup()
        answer_a_share()
        sys.exit(0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MOUSSEM_VAR"] = folder
        django.setup()
        sys.exit(main())
