"""Every address that a page of the demonstration leads to is there: for the public every one, for each role one of each
kind.
"""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

import pytest

from tools.pages import kind_of

ROLES = 7


class Links(HTMLParser):
    """The addresses of a page's links, and the values of its buttons that stand for an account."""

    def __init__(self, markup):
        super().__init__()
        self.found, self.accounts = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.found.append(given["href"].partition("#")[0])
        if tag == "button" and given.get("name") == "account":
            self.accounts.append(given["value"])


class Visitor:
    """Somebody with cookies who follows links by HTTP; `account` is a demonstration account, None: anybody."""

    def __init__(self, address, account=None):
        self.address, jar = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        self.landed = "/fr/"
        if account:
            page = self.opener.open(f"{address}/accounts/login/").read().decode()
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
            fields = urllib.parse.urlencode({"account": account, "csrfmiddlewaretoken": token}).encode()
            self.landed = urllib.parse.urlsplit(self.opener.open(f"{address}/accounts/demonstration/", fields).url).path

    def open(self, path):
        """The status of an address and the links of its page."""
        try:
            with self.opener.open(self.address + path) as answer:
                is_page = answer.headers.get_content_type() == "text/html"
                return answer.status, Links(answer.read().decode()).found if is_page else []
        except urllib.error.HTTPError as refused:
            return refused.code, []

    def walk(self, starts, follows, same):
        """Follow links from `starts` where `follows(path)`, one of those that `same(path)` calls alike; answers each
        path with its status and where it was met.
        """
        waiting, met, seen = [(path, "") for path in starts], {same(path) for path in starts}, {}
        while waiting:
            path, met_at = waiting.pop(0)
            status, links = self.open(path)
            seen[path] = (status, met_at)
            for link in links:
                joined = urllib.parse.urljoin(path, link)
                if joined.startswith("/") and follows(joined) and same(joined) not in met:
                    met.add(same(joined))
                    waiting.append((joined, path))
        return seen


def alike(path):
    """The kind of page and which questions it is asked."""
    address, _, query = path.partition("?")
    return kind_of(address), tuple(sorted(urllib.parse.parse_qs(query)))


def dead(seen):
    return {path: found for path, found in seen.items() if found[0] != 200}


def test_every_address_that_the_public_meets_is_there(product_address):
    seen = Visitor(product_address).walk(["/fr/"], lambda path: path.startswith("/fr/"), lambda path: path)

    assert dead(seen) == {}
    assert len(seen) > 400


@pytest.fixture(scope="module")
def accounts(product_address):
    page = urllib.request.urlopen(f"{product_address}/accounts/login/").read().decode()
    return Links(page).accounts


@pytest.mark.parametrize("number", range(ROLES))
def test_every_kind_of_address_that_a_role_meets_is_there(product_address, accounts, number):
    visitor = Visitor(product_address, accounts[number])

    def is_theirs(path):
        return not path.startswith(("/fr/", "/en/", "/accounts/logout/"))

    seen = visitor.walk([visitor.landed, "/account/"], is_theirs, alike)

    assert dead(seen) == {}
    assert len(seen) >= 4


def test_every_role_has_its_button(accounts):
    assert len(set(accounts)) >= ROLES


def test_a_dead_link_is_seen(product_address):
    visitor = Visitor(product_address)
    assert dead(visitor.walk(["/fr/nowhere/"], lambda path: False, alike)) == {"/fr/nowhere/": (404, "")}
