"""Every page of the demonstration opened as everybody: no error, no number without a citation, no address that leads
nowhere.

Each person begins where they land and follows every link. Anybody and the team of the playground open every page that
they meet, of every row, in the language of their pages; the other roles, whose pages are the same views of the same
rows behind other permissions, open `SOME` of each kind (one view, one set of questions asked). The pages of a list
after its first are opened up to `LIST_PAGES` at a time. What a number and its citation are is said in `numbers.py`;
what else must hold on a page in `soundness.py`.
"""

import pytest

from moussem.audit.models import Entry
from tests.journeys.crawling import Crawler

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
SOME, LIST_PAGES = 4, 12
ROLES_AT_EACH_PROMOTER = 6


def everything(kind):
    """Every page of every row; of pages with questions (the further pages of lists, filters) only some."""
    return LIST_PAGES if "?" in kind else None


def some_of_each_kind(kind):
    return SOME


def their_own(kind):
    """Everything behind a personal link or an account of an operator, of the public pages one of each kind."""
    return 1 if kind.startswith(("/fr/", "/en/")) else None


def told(crawl):
    """The faults, one a line."""
    return "\n".join(sorted({f"{path}  {fault}  (from {met_at})" for path, met_at, fault in crawl.faults}))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_anybody_opens_every_public_page(peopled, language):
    def most(kind):
        return everything(kind) if kind.startswith(f"/{language}/") else 1

    crawl = Crawler(language=language).crawl(f"/{language}/", most=most)

    assert told(crawl) == ""
    assert len(crawl.statuses) > 400


def test_the_team_of_the_playground_opens_every_page_of_its_desk(peopled):
    def most(kind):
        return SOME if kind.startswith(("/fr/", "/en/")) else everything(kind)

    crawl = Crawler(peopled.users["team"]).crawl(*peopled.starts_of("team"), most=most)

    assert told(crawl) == ""
    assert len(crawl.statuses) > 250


def test_every_role_opens_every_kind_of_page_that_it_meets(peopled):
    roles = [name for name in peopled.users if ".example" in name]
    assert len(roles) >= 2 * ROLES_AT_EACH_PROMOTER + 1
    for name in [*roles, "second person"]:
        crawl = Crawler(peopled.users[name]).crawl(*peopled.starts_of(name), most=some_of_each_kind)
        assert told(crawl) == "", name
        assert len(crawl.statuses) >= 4, name


@pytest.mark.parametrize("name", ["operator", "rival operator", "applicant"])
def test_operators_and_applicants_open_every_page_of_theirs(peopled, name):
    starts = [*peopled.starts_of(name), "/own/returns/", "/fr/applications/"]
    crawl = Crawler(peopled.users[name]).crawl(*starts, most=their_own)

    assert told(crawl) == ""
    assert any(path.startswith("/fr/applications/0") for path in crawl.statuses)


@pytest.mark.parametrize(("purpose", "at_least"), [("answer", 38), ("declare", 5)])
def test_every_personal_link_of_the_playground_opens_with_all_behind_it(peopled, purpose, at_least):
    links = peopled.links[purpose]
    crawl = Crawler().crawl(*links, most=their_own)

    assert len(links) >= at_least
    assert told(crawl) == ""


def test_looking_at_everything_changed_nothing(peopled):
    before = Entry.objects.count()
    for name in ("team", "operator"):
        Crawler(peopled.users[name]).crawl(*peopled.starts_of(name), most=lambda kind: 1)
    assert Entry.objects.count() == before
