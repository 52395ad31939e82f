"""`moussem worker`: takes jobs from the database and does the periodic work, until it is told to stop."""

import logging
import os
import signal
import socket
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from moussem.core.jobs import Periodic, periodic_work
from moussem.core.queue import claim, run

POLL_S = 0.25
LATEST_START_S = 60  # long rounds wait a little, so that a worker that is started takes jobs at once
log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Run the worker. On SIGTERM or SIGINT it ends the job in hand and stops."""

    help = "Run background jobs: --once takes one job, --until-idle stops when nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the two ways of stopping by itself."""
        parser.add_argument("--once", action="store_true", help="take at most one job, then stop")
        parser.add_argument("--until-idle", action="store_true", help="stop when nothing is due")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until stopped, or until there is nothing to do where that was asked for."""
        self.stopping = threading.Event()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, self._stop)
            signal.signal(signal.SIGINT, self._stop)
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}"
        self.next_round = {work.name: time.monotonic() + min(work.seconds, LATEST_START_S) for work in periodic_work()}
        if options["once"] or options["until_idle"]:
            self._work_off(once=options["once"])
        else:
            self._work_on()

    def _stop(self, signal_number: int, frame: FrameType | None) -> None:
        self.stopping.set()

    def _work_off(self, *, once: bool) -> None:
        while not self.stopping.is_set() and self._take_job() and not once:
            self._do_rounds()
        for work in periodic_work():
            self._do_round(work)

    def _work_on(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            self._do_rounds()
            try:
                found = self._take_job()
            except DatabaseError:
                log.exception("the database does not answer; trying again")
                found = False
            if not found:
                self.stopping.wait(POLL_S)

    def _take_job(self) -> bool:
        job = claim(self.name)
        if job is not None:
            run(job)
        return job is not None

    def _do_rounds(self) -> None:
        now = time.monotonic()
        for work in periodic_work():
            if self.next_round[work.name] <= now:
                self.next_round[work.name] = now + work.seconds
                self._do_round(work)

    def _do_round(self, work: Periodic) -> None:
        try:
            work.round()
        except Exception:
            log.exception("the round %s failed; it is tried again", work.name)
