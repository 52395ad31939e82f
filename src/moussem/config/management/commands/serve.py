"""`moussem serve`: the web server and the worker, started and stopped together."""

import gc
import http.client
import socket
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from moussem.config.preparation import prepare
from moussem.config.supervision import Part, Supervisor

APPLICATION = "moussem.config.wsgi:application"


class Command(BaseCommand):
    """Serve the installation until Ctrl-C, SIGTERM, or until one of its programs ends by itself."""

    help = "Start the web server and the worker; Ctrl-C stops both."
    requires_system_checks = ()  # made when the application is loaded, once for both parts

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, with how many processes, and whether to bring the installation up to date first."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        parser.add_argument("--web-workers", type=int, default=1, help="processes of the web server (1)")
        parser.add_argument("--threads", type=int, default=4, help="threads of each of them (4)")
        parser.add_argument("--prepare", action="store_true", help="migrate and collect static files first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the address, prepare where asked, serve."""
        host, port = options["host"], options["port"]
        if settings.DEMONSTRATION and not is_loopback(host):
            raise CommandError(
                f"The demonstration has log-ins without a password and is served on loopback only, not on {host}."
            )
        refuse_taken_port(host, port)
        if options["prepare"] and not self._prepare():
            return
        parts = [
            Part("web server", web_server(host, port, options["web_workers"], options["threads"])),
            Part("worker", partial(call_command, "worker")),
        ]
        self._load()
        supervisor = Supervisor(parts, self._say)
        code = supervisor.run(ready=lambda: self._announce(supervisor, host, port))
        self._say("stopped")
        if code:
            raise CommandError("a part of the installation ended by itself", returncode=code)

    def _prepare(self) -> bool:
        """Bring the installation up to date; whether that was not interrupted."""
        self._say("preparing the database, the static files and what is to be shown ...")
        try:
            prepare(demonstration=settings.DEMONSTRATION)
        except KeyboardInterrupt:
            self._say("stopped before it was ready; the next start goes on from here")
            return False
        return True

    def _load(self) -> None:
        """Load and check the application before both parts begin as copies of this process, so that neither does it
        again. Nothing that copies must not share stays open.
        """
        import_module(APPLICATION.partition(":")[0])
        connections.close_all()
        gc.freeze()

    def _announce(self, supervisor: Supervisor, host: str, port: int) -> None:
        """Say the address once the first page is answered."""
        while not supervisor.is_stopping():
            if answers(host, port):
                self._say(f"ready on {settings.SITE_URL}/ (Ctrl-C stops everything)")
                if settings.DEMONSTRATION:
                    self._say(f"log in by role, without a password: {settings.SITE_URL}/accounts/login/")
                return
            time.sleep(0.1)

    def _say(self, sentence: str) -> None:
        self.stdout.write(f"moussem: {sentence}")
        self.stdout.flush()


def web_server(host: str, port: int, workers: int, threads: int) -> Callable[[], None]:
    """The work of the web server: granian, WSGI."""

    def serve() -> None:
        Granian(
            APPLICATION,
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            websockets=False,
            log_level=LogLevels.warning,
        ).serve()

    return serve


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`; a name other than localhost is taken as reachable."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a `CommandError` that names the next step where somebody listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refusal:
            raise CommandError(
                f"{host}:{port} cannot be listened on ({refusal.strerror}). Try another: make run PORT={port + 1}"
            ) from None


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request, whatever it answers."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()
