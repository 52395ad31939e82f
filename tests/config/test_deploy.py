"""The commands of `deploy/` and of its how-to, run as they are written: two files of systemd, a proxy's headers."""

import http.client
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.config.test_serve import free_port

TOP = Path(__file__).parents[2]
DEPLOY = TOP / "deploy"
HOW_TO = (TOP / "docs" / "how-to" / "run-it-on-a-server.md").read_text(encoding="utf-8")
INSTALLED = "/opt/moussem/.venv/bin/"
SITE = "moussem.example"
LOGIN = {"login": "first@moussem.example", "password": "a long enough password"}


def unit(name: str, key: str) -> list[str]:
    """The commands of a systemd unit under one key, in order."""
    lines = (DEPLOY / f"{name}.service").read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def example_environment() -> dict[str, str]:
    lines = (DEPLOY / "moussem.env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


class Server:
    """The web server as its unit starts it, on another port, with a database and a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        known = {name: value for name, value in os.environ.items() if not name.startswith("MOUSSEM_")}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        self.environment = {**known, **example_environment(), "MOUSSEM_VAR": str(var)}
        del self.environment["MOUSSEM_DATABASE_URL"]
        self.cookies: SimpleCookie = SimpleCookie()

    def run(self, command: str, **more: str) -> None:
        done = subprocess.run(
            self.here(command), env={**self.environment, **more}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def here(self, command: str) -> list[str]:
        folder = f"{Path(sys.executable).parent}/"
        return shlex.split(command.replace(INSTALLED, folder).replace("--port 8000", f"--port {self.port}"))

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(self.here(unit("moussem-web", "ExecStart")[0]), env=self.environment)

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, location, body) as the proxy passes a visitor's request on; cookies are kept."""
        headers = {"Host": SITE, "X-Forwarded-For": "203.0.113.9", "Origin": f"https://{SITE}"}
        headers["Cookie"] = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET" if form is None else "POST", path, urlencode(form or {}), headers)
            answer = connection.getresponse()
            for said in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(said)
            return answer.status, answer.getheader("Location", ""), answer.read().decode()

    def wait(self, process: subprocess.Popen) -> None:
        deadline = time.monotonic() + 120
        while True:
            assert process.poll() is None, "the web server ended by itself"
            assert time.monotonic() < deadline, "the web server does not answer"
            try:
                if self.ask("/health/")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)


def wait_until_it_minds(process: subprocess.Popen, number: int) -> None:
    """Until the process has said what it does on this signal."""
    deadline = time.monotonic() + 120
    while True:
        assert process.poll() is None, "it ended by itself"
        assert time.monotonic() < deadline, "it never says what it does when it is stopped"
        status = Path(f"/proc/{process.pid}/status").read_text()
        if int(re.search(r"SigCgt:\s*(\w+)", status)[1], 16) & 1 << number - 1:
            return
        time.sleep(0.05)


@pytest.fixture
def server(tmp_path):
    """Prepared and started by the units' own commands."""
    server = Server(tmp_path / "var")
    for command in unit("moussem-web", "ExecStartPre"):
        server.run(command)
    process = server.start()
    try:
        server.wait(process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.mark.slow
def test_an_installation_behind_a_proxy_answers_and_wants_a_second_factor_of_its_administrator(server):
    command = next(line for line in re.findall(r"`(/opt[^`]+)`", HOW_TO) if "createsuperuser" in line)
    server.run(
        f"{command} --noinput --email {LOGIN['login']}", DJANGO_SUPERUSER_PASSWORD=LOGIN["password"]
    )  # at a keyboard it asks for both
    status, _, page = server.ask("/fr/")
    assert status == 200
    assert server.ask(re.search(r'href="(/static/[^"]+\.css)"', page)[1])[0] == 200
    status, _, page = server.ask("/accounts/login/")
    assert (status, "role-login" in page) == (200, False), "no log-in without a password outside the demonstration"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert server.cookies["csrftoken"]["secure"]
    assert server.ask("/accounts/login/", {**LOGIN, "csrfmiddlewaretoken": token})[0] == 302
    assert server.cookies["sessionid"]["secure"]
    assert server.ask("/installation/")[:2] == (302, "/accounts/2fa/")


@pytest.mark.slow
def test_the_worker_of_the_units_works_and_stops_when_it_is_told_to(tmp_path):
    server = Server(tmp_path / "var")
    server.run(unit("moussem-web", "ExecStartPre")[0])
    (command,) = unit("moussem-worker", "ExecStart")
    server.run(f"{command} --until-idle")
    worker = subprocess.Popen(server.here(command), env=server.environment)
    wait_until_it_minds(worker, signal.SIGTERM)
    worker.terminate()
    assert worker.wait(timeout=60) == 0


def test_containers_run_what_the_units_run():
    compose = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    web = unit("moussem-web", "ExecStart")[0].removeprefix(INSTALLED)
    assert f"command: {web.replace('--host 127.0.0.1', '--host 0.0.0.0')}" in compose
    assert f"command: {unit('moussem-worker', 'ExecStart')[0].removeprefix(INSTALLED)}" in compose
    steps = [command.removeprefix(INSTALLED) for command in unit("moussem-web", "ExecStartPre")]
    assert f'command: sh -c "{" && ".join(steps)}"' in compose
    assert 'MOUSSEM_PROXIES: "1"' in compose


def test_the_proxy_leads_to_the_web_server_and_is_counted():
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "reverse_proxy 127.0.0.1:8000" in proxy
    assert "header_up X-Forwarded-For {remote_host}" in proxy
    assert example_environment()["MOUSSEM_PROXIES"] == "1"


def test_the_how_to_names_every_file_and_target_that_it_needs():
    for name in re.findall(r"`deploy/([^`]+)`", HOW_TO):
        assert (DEPLOY / name).exists(), name
    told = {path.name for path in DEPLOY.iterdir()} - {"Dockerfile"}
    assert {name for name in told if name in HOW_TO or name.endswith(".service")} == told
    assert ".venv/runtime.stamp" in HOW_TO
    assert "\n.venv/runtime.stamp:" in (TOP / "Makefile").read_text(encoding="utf-8")
