"""What Chromium sends along from a guest's page: its origin with a form, its address never."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from moussem.accounts.middleware import GUESTS_REFERRER_POLICY

PAGE = b'<!doctype html><title>x</title><form method="post" action="/answer/"><button>Yes</button></form>'
SECRET = "/l/secret/"


@pytest.fixture
def house():
    """A server that answers one page with the policy in its query and keeps what it is asked."""
    asked = []

    class Page(BaseHTTPRequestHandler):
        def answer(self):
            asked.append((self.path, self.headers.get("Origin"), self.headers.get("Referer")))
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Referrer-Policy", self.path.partition("?")[2])
            self.end_headers()
            self.wfile.write(PAGE)

        do_GET = do_POST = answer  # noqa: N815 (the names http.server calls)

        def log_message(self, *said):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def post_from_a_page_with(policy, house, look):
    address, asked = house
    page = look(f"{address}{SECRET}?{policy}").page
    page.get_by_role("button").click()
    page.wait_for_url("**/answer/")
    return next((origin, referer) for path, origin, referer in asked if path == "/answer/")


def test_a_guests_form_carries_its_origin_and_not_its_address(house, look):
    origin, referer = post_from_a_page_with(GUESTS_REFERRER_POLICY, house, look)
    assert (origin, referer) == (house[0], f"{house[0]}/")


def test_with_no_referrer_the_same_form_would_come_from_nowhere(house, look):
    assert post_from_a_page_with("no-referrer", house, look)[0] == "null"


def test_with_same_origin_the_same_form_would_tell_its_address(house, look):
    assert SECRET in post_from_a_page_with("same-origin", house, look)[1]
