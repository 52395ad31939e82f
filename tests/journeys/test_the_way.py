"""The way walked by somebody who was told only: "invite three firms to a meeting and end with a verified job".

Nothing but what can be seen is pressed; in French and in English, on a desk's screen and on a phone, on SQLite and on
PostgreSQL. The walker plays every part, as the playground offers: its team, the second person, the guests and the
operator.
"""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Walker
from tests.journeys.words import WORDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_CLICKS = 60
ENOUGH_S = 30
"""For how long the walker looks again for what the worker brings."""
HOUSE = ZoneInfo("Africa/Casablanca")
"""Where the product's day begins, whatever the machine's clock is set to."""
SIZES = {"desk": (1280, 900), "phone": (375, 800)}


@pytest.fixture
def walker(chromium, request):
    """A walker in a new window, and the address of the product on one of the databases."""
    language, size, database = request.param
    address = request.getfixturevalue(database)
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale=language)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{language}/")
    yield Walker(page, language, WORDS, called=f"{language}-{size}")
    context.close()


ON_POSTGRES = pytest.mark.postgres
WINDOWS = [
    pytest.param(("fr", "desk", "product_address"), id="fr-desk-sqlite"),
    pytest.param(("en", "phone", "product_address"), id="en-phone-sqlite"),
    pytest.param(("fr", "phone", "product_on_postgres"), id="fr-phone-postgres", marks=ON_POSTGRES),
    pytest.param(("en", "desk", "product_on_postgres"), id="en-desk-postgres", marks=ON_POSTGRES),
]


@pytest.mark.parametrize("walker", WINDOWS, indirect=True)
def test_three_firms_are_invited_and_one_job_is_verified_in_sixty_clicks(walker):
    walker.press("enter")
    invite(walker)
    meet(walker)
    sign(walker)
    land(walker)
    count(walker)
    print(f"{walker.clicks} clicks")
    assert walker.clicks <= MOST_CLICKS


def invite(walker):
    """Three people of three firms are invited to a meeting today, and two of them answer by their own links."""
    walker.verb("target")
    walker.press("plan")
    walker.fill("name", "Rencontre du jour (exemple)")
    walker.fill("first day", datetime.now(HOUSE).date().isoformat())
    walker.press("plan it")
    walker.press("add a guest")
    for number, (person, firm) in enumerate(zip(walker.people, walker.firms, strict=True)):
        walker.fill("guest", person)
        walker.fill("organisation", firm)
        walker.fill("e-mail", f"{walker.called}-{number}@guests.example")
        walker.press("add another" if person != walker.people[-1] else "add")
    walker.press("invite all")
    for person in walker.people[:2]:
        walker.press_label(person)
        walker.press("answer as")
        walker.speak()
        walker.press("on site")
        walker.press("known")
        walker.press("send answer")
        if person == walker.people[0]:
            walker.press("to the desk")


def meet(walker):
    """One asks to meet the other, the meeting is placed, and both sides say that it took place."""
    walker.press("ask to meet")
    walker.press("ask for", who=walker.people[0])
    walker.press("to the desk")
    walker.press("meetings")
    walker.press("lay out")
    walker.fill("from", "00:00")
    walker.fill("to", "00:30")
    walker.press("open hours")
    walker.press("accept")
    walker.press("place")
    walker.press("place form")
    walker.press("yes for them")
    walker.press_label(walker.people[0])
    walker.press("answer as")
    walker.press("yes")
    walker.press("to the desk")


def sign(walker):
    """The agency signs with one of the firms, which owes twenty jobs; the worker opens the project it promises."""
    walker.verb("sign")
    walker.press("record agreement")
    walker.fill("title", "Accord du jour (exemple)")
    walker.fill("who signs", "Agence (exemple)")
    walker.fill("with whom", walker.firms[0])
    walker.fill("at", "Ville d’exemple")
    walker.press("record")
    walker.press("add a promise")
    walker.choose("who owes", walker.firms[0])
    walker.choose("what is owed", walker.said("jobs created"))
    walker.fill("number", "20")
    walker.press("add a promise")
    walker.press("sign")
    walker.press("sign")


def land(walker):
    """The project goes on to *committed* by evidence and a second person, and is being carried out."""
    project = walker.page.get_by_role("link", name=re.compile(rf"^{re.escape(walker.firms[0])}, "))
    for _ in range(ENOUGH_S):
        if project.count():
            break
        walker.page.wait_for_timeout(1000)
        walker.page.reload()
    walker.press_label(project.first.inner_text())
    walker.press("show")
    walker.fill("what shows it", "Bail signé, vu sur place (exemple)")
    walker.press("show")
    walker.press("become", who=walker.said("second"))
    walker.press("confirm")
    walker.press("move on")


def count(walker):
    """The operator declares twenty-five jobs by its own link, and a body that counts verifies them."""
    walker.press("ask headcount")
    walker.press("ask headcount")
    walker.press("declare")
    walker.fill("present", "25")
    walker.fill("hired", "25")
    walker.fill("left", "0")
    walker.fill("rests on", "Bordereau, total seul (exemple)")
    walker.press("declare numbers")
    walker.press("to the desk")
    walker.press("verify")
    walker.fill("who verified", "Organisme de contrôle (exemple)")
    walker.fill("evidence", "Bordereau vu sur place (exemple)")
    walker.press("verify")
    expect(walker.page.locator("main .m-kind-verified").first).to_be_visible()
    walker.sees("25")
