"""Somebody who opens a page, then everything it leads to, and keeps what was wrong."""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve

from tests.doors.world import Knocker
from tests.journeys.markup import read
from tests.journeys.numbers import uncited
from tests.journeys.soundness import faults_of, identifiers_of, links_of

REDIRECTS = {
    "/": "to the first page in the reader's language",
    "/accounts/email/": "to ask again who it is",
    "/accounts/password/change/": "to set the first password: accounts of the demonstration have none",
    "/accounts/2fa/recovery-codes/generate/": "to ask again who it is",
    "/accounts/2fa/totp/activate/": "to ask again who it is",
    "/accounts/2fa/totp/deactivate/": "to ask again who it is",
    "/accounts/2fa/webauthn/add/": "to ask again who it is",
}
"""The only addresses that may be linked to and lead on, and where to."""
DRAWING = 'INSERT INTO "events_pagefragment" '
"""What is said to the database where the page of an event was drawn, to be kept until something of it changes."""
MOST_QUERIES = 12
"""A page asks the database so often at most, with what is asked of the session and of who is reading."""


@dataclass
class Crawl:
    """What one crawl met: the status of each address, and its faults as (address, where it was met, what is wrong)."""

    statuses: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    queries: dict[str, int] = field(default_factory=dict)
    """How many queries each page asked, beside its status."""
    left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many further addresses of a kind were met and not opened."""

    def of(self, word):
        """The faults whose words hold `word`."""
        return [fault for fault in self.faults if word in fault[2]]


class Crawler:
    """One reader: `user` is logged in, None is anybody. `language` is what the browser asks for."""

    def __init__(self, user=None, language="fr"):
        self.knocker = Knocker(headers={"accept-language": language}, SERVER_NAME="127.0.0.1")
        if user is not None:
            client = Client()
            client.force_login(user)
            self.knocker.cookies["sessionid"] = client.cookies["sessionid"].value

    def crawl(self, *starts, most=lambda kind: None):
        """Open `starts` and all they lead to; `most(kind)` is how many of one kind of address are opened, None: all.

        An address with a query is of a kind of its own for each set of questions it asks.
        """
        crawl, taken, fragments = Crawl(), defaultdict(int), defaultdict(set)
        waiting = deque((start, "") for start in starts)
        met, identifiers = set(starts), {}
        while waiting:
            path, met_at = waiting.popleft()
            page = self._open(path, met_at, crawl)
            if page is None:
                continue
            identifiers[path] = set(identifiers_of(page))
            for link, fragment in links_of(page, path):
                if fragment:
                    fragments[link].add((fragment, path))
                if link in met:
                    continue
                met.add(link)
                kind = kind_of(link)
                limit = most(kind)
                if limit is not None and taken[kind] >= limit:
                    crawl.left_out[kind] += 1
                    continue
                taken[kind] += 1
                waiting.append((link, path))
        for path, wanted in fragments.items():
            for fragment, met_at in wanted:
                if path in identifiers and fragment not in identifiers[path]:
                    crawl.faults.append((path, met_at, f"#{fragment} leads nowhere"))
        return crawl

    def _open(self, path, met_at, crawl):
        """The page at an address, None where there is none; its faults go into the crawl."""
        response, text, queries = self._look(path)
        crawl.statuses[path] = response.status_code
        if response.status_code != 200:
            stated = response.status_code in (301, 302) and urlsplit(path).path in REDIRECTS
            if not stated:
                crawl.faults.append((path, met_at, f"answers {response.status_code}"))
            return None
        if not response["Content-Type"].startswith("text/html"):
            return None
        crawl.queries[path] = len(queries)
        if len(queries) > MOST_QUERIES:
            crawl.faults.append((path, met_at, f"asks {len(queries)} queries"))
        page, faults = read(text)
        where = urlsplit(path).path
        faults += [*faults_of(page, where), *(f"no source: {words}" for words in uncited(page, where))]
        crawl.faults += [(path, met_at, fault) for fault in faults]
        return page

    def _look(self, path, again=True):
        """The answer at an address, its text, and what it asked the database. A page that is drawn once for everybody
        and kept is looked at again: the drawing is not what its readers wait for.
        """
        with CaptureQueriesContext(connection) as asked:
            response = self.knocker.get(path)
            text = b"".join(response) if response.streaming else response.content
        queries = [query["sql"] for query in asked]
        if again and any(query.startswith(DRAWING) for query in queries):
            return self._look(path, again=False)
        return response, text.decode(errors="replace"), queries


def kind_of(address):
    """The name of the view behind an address, its language and what it is asked; an unknown address is its own."""
    parts = urlsplit(address)
    asked = "&".join(sorted(parse_qs(parts.query, keep_blank_values=True)))
    try:
        found = resolve(parts.path)
    except Resolver404:
        return address
    language = parts.path[:4] if parts.path[3:4] == "/" and parts.path[1:3] in ("fr", "en") else ""
    return f"{language}{found.view_name}?{asked}" if asked else f"{language}{found.view_name}"
