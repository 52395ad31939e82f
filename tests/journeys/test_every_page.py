"""Every page of the demonstration opened as everybody: no error, no number without a citation, no address that leads
nowhere, and no page that asks the database more than twelve times (`crawling.MOST_QUERIES`).

Each person begins where they land and follows every link. A *kind* of page is one view in one language with one set of
questions asked. Who opens how much of a kind:

- anybody: every public page of every row in French, `SOME` of each kind in English (the same views and rows);
- the team of the playground: every page that stands for a row (`OF_A_ROW`), `SOME` of every other kind;
- each other role: one of each kind, of the public ones in French only, since these are the views of the team and of
  anybody behind other permissions (and so asked on one database only);
- guests and operators: everything behind every personal link of the playground and behind their accounts.

Lists are followed `SOME` pages deep. What a number and its citation are is said in `numbers.py`; what else must hold on
a page in `soundness.py`.
"""

import re

import pytest
from django.utils import timezone

from moussem.accounts.models import Link
from moussem.audit.models import Entry
from tests.journeys.crawling import Crawler

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOME = 4
OF_A_ROW = re.compile(r"-(?:page|home|guest|room|return|series)$|:(?:page|message|guests|door|dossier)$")
PUBLIC = ("/fr/", "/en/")
ROLES_AT_EACH_PROMOTER = 6


def told(crawl):
    """The faults, one a line."""
    return "\n".join(sorted({f"{path}  {fault}  (from {met_at})" for path, met_at, fault in crawl.faults}))


def most_for_anybody(kind):
    if kind.startswith("/fr/") and "?" not in kind:
        return None
    return SOME if kind.startswith(PUBLIC) else 1


def most_for_the_team(kind):
    if kind.startswith(PUBLIC):
        return 1
    return None if OF_A_ROW.search(kind) else SOME


def most_for_a_role(kind):
    return 0 if kind.startswith("/en/") or (kind.startswith("/fr/") and "?" in kind) else 1


def most_for_a_guest(kind):
    """All behind a personal link; the way back to the desk, which opens to the team only, is tried below."""
    return 0 if "_desk:" in kind else 1 if kind.startswith(PUBLIC) else None


def most_for_an_operator(kind):
    return 1 if kind.startswith(PUBLIC) and "applications" not in kind else None


def test_anybody_opens_every_public_page(peopled):
    crawl = Crawler().crawl("/fr/", "/en/", most=most_for_anybody)

    assert told(crawl) == ""
    assert sum(path.startswith("/fr/") for path in crawl.statuses) > 400


def test_the_team_of_the_playground_opens_the_page_of_every_row(peopled):
    written = Entry.objects.count()
    crawl = Crawler(peopled.users["team"]).crawl(*peopled.starts_of("team"), most=most_for_the_team)

    assert told(crawl) == ""
    assert Entry.objects.count() == written, "looking changes nothing"
    assert len(crawl.statuses) > 250


@pytest.mark.once
@pytest.mark.parametrize("promoter", ["commons", "bac-a-sable"])
def test_every_role_opens_every_kind_of_page_that_it_meets(peopled, promoter):
    roles = [name for name in peopled.users if name.endswith(f" {promoter}.example")]
    assert len(roles) >= ROLES_AT_EACH_PROMOTER
    for name in roles:
        crawl = Crawler(peopled.users[name]).crawl(*peopled.starts_of(name), most=most_for_a_role)
        assert told(crawl) == "", name
        assert len(crawl.statuses) >= 4, name


def test_the_administrator_of_the_installation_opens_every_page_of_theirs(peopled):
    name = next(name for name in peopled.users if name.endswith("moussem.example"))
    crawl = Crawler(peopled.users[name]).crawl(*peopled.starts_of(name), most=most_for_a_role)
    assert told(crawl) == ""
    assert "/installation/" in crawl.statuses


@pytest.mark.parametrize(("name", "path"), [
    ("operator", "/own/returns/0"), ("rival operator", "/own/returns/0"), ("applicant", "/fr/applications/0"),
])  # fmt: skip
def test_operators_and_applicants_open_every_page_of_theirs(peopled, name, path):
    crawl = Crawler(peopled.users[name]).crawl(*peopled.starts_of(name), most=most_for_an_operator)

    assert told(crawl) == ""
    assert any(opened.startswith(path) for opened in crawl.statuses)


@pytest.mark.parametrize(("purpose", "at_least"), [("answer", 28), ("declare", 5)])
def test_every_personal_link_of_the_playground_opens_with_all_behind_it(peopled, purpose, at_least):
    links = peopled.links[purpose]
    crawl = Crawler().crawl(*links, most=most_for_a_guest)
    back = Crawler(peopled.users["team"]).crawl(links[-1], most=lambda kind: 1 if "_desk:" in kind else 0)

    assert len(links) >= at_least
    assert told(crawl) == told(back) == ""
    assert len(back.statuses) > 1


def test_a_link_whose_time_is_over_opens_a_page_that_says_so(peopled):
    over = Link.objects.filter(promoter=peopled.playground, expires_at__lte=timezone.now())
    crawl = Crawler().crawl(*peopled.closed, most=lambda kind: 0)
    assert len(peopled.closed) == over.count() > 0
    assert set(crawl.statuses.values()) == {410}
