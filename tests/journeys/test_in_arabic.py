"""A guest who reads Arabic, on a desk's screen and on a phone: the invitation by link, and an open gathering.

Every page is written from right to left, fits, and holds no word in Latin letters but names and addresses.
"""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.sight import Sight
from tests.journeys.test_inviting import SIZES, fits, press

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GUEST, COLLEAGUE, SPACE = "أمل (مثال)", "سلمى (مثال)", "طاولات اللقاءات"
NAMES = {"Bac", "sable", "exemples", "moussem", "UTC", "Casablanca"}
LATIN = re.compile(r"[A-Za-zÀ-ÿ]{3,}")


@pytest.fixture(params=SIZES)
def windows(chromium, product_address, request):
    """A window of the organiser in French, in the playground, and one of the guest in no language yet."""
    width, height = SIZES[request.param]
    still = {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}
    contexts = [chromium.new_context(locale=code, **still) for code in ("fr", "ar")]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(20_000)
        page.goto(f"{product_address}/fr/")
        press(page, "Entrer dans le bac à sable")
    yield pages
    for context in contexts:
        context.close()


def foreign(page: Page) -> set[str]:
    """The words in Latin letters that one can see, without names, addresses and the switch of languages."""
    seen = page.evaluate(
        "() => [document.title, ...[...document.querySelectorAll('main, .m-banner, footer')].map(e => e.innerText)]"
        ".join('\\n')"
    )
    zones = page.locator("#zone option").all_inner_texts()
    without = "|".join(map(re.escape, filter(None, zones)))
    seen = re.sub(r"\S+@\S+|https?://\S+" + f"|{without}" * bool(without), " ", seen)
    return set(LATIN.findall(seen)) - NAMES


def is_arabic(page: Page) -> None:
    """From right to left, in Arabic, within the window, without a barrier."""
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert foreign(page) == set()
    fits(page)
    assert Sight(page).barriers() == []


def in_arabic(page: Page) -> None:
    """Choose Arabic where the page is read in another language."""
    if page.evaluate("document.documentElement.lang") != "ar":
        page.locator("nav.m-langs [lang=ar]:visible").first.click()
        page.wait_for_load_state()


def a_gathering(page: Page, address: str) -> str:
    """The address of a new gathering that is called something in Arabic."""
    page.goto(f"{address}/p/bac-a-sable/events/new/")
    page.get_by_label("Nom").first.fill(f"لقاء {secrets.randbelow(10**6)} (مثال)")
    page.get_by_label("Premier jour").fill("2090-03-10")
    press(page, "Préparer")
    return page.url


def an_invitation(page: Page, event: str) -> str:
    """The address that a guest was given."""
    page.goto(f"{event}guests/new/")
    page.get_by_label("Invité", exact=True).fill(GUEST)
    page.get_by_label("Adresse électronique").first.fill(f"{secrets.token_hex(3)}@guests.example")
    press(page, "Ajouter")
    page.goto(f"{event}invitations/")
    press(page, re.compile("^Envoyer une vague|^Envoyer à"))
    press(page, GUEST, "link")
    return page.get_by_label(re.compile("À ne transmettre qu’à cet invité")).input_value()


def test_an_invitation_is_read_answered_changed_kept_and_passed_on_in_arabic(windows, product_address):
    organiser, guest = windows
    event = a_gathering(organiser, product_address)
    guest.goto(an_invitation(organiser, event))
    in_arabic(guest)
    is_arabic(guest)
    for words in ("10 مارس 2090", GUEST, "لقاء"):
        expect(guest.locator("body")).to_contain_text(words)
    guest.get_by_role("radio", name=re.compile("^حضوري")).check()
    guest.get_by_role("checkbox", name=re.compile(SPACE)).check()
    guest.locator("summary", has_text="الولوج والطعام").click()
    guest.locator("[name=needs]").fill("كرسي متحرك")
    guest.locator("[name=shares]").check()
    press(guest, "إرسال جوابي")
    is_arabic(guest)
    expect(guest.locator("[name=answer][value=on_site]")).to_be_checked()
    guest.get_by_role("radio", name=re.compile("^عن بعد")).check()
    press(guest, "إرسال جوابي")
    is_arabic(guest)
    expect(guest.locator("[name=answer][value=online]")).to_be_checked()
    expect(guest.locator("[name=needs]")).to_have_value("كرسي متحرك")
    with guest.expect_download() as entry:
        guest.locator("a[href$='appointment.ics']").click()
    assert "لقاء" in entry.value.path().read_text(encoding="utf-8").replace("\r\n ", "")
    guest.locator("[name=answer][value=colleague]").check()
    guest.locator("details:has([name=colleague_name]) summary").click()
    guest.locator("[name=colleague_name]").fill(COLLEAGUE)
    guest.locator("[name=colleague_email]").fill(f"{secrets.token_hex(3)}@guests.example")
    press(guest, "إرسال جوابي")
    is_arabic(guest)
    organiser.goto(f"{event}invitations/")
    expect(organiser.locator("main")).to_contain_text(COLLEAGUE)


def test_an_open_gathering_is_registered_for_in_arabic(windows, product_address):
    organiser, guest = windows
    event = a_gathering(organiser, product_address)
    press(organiser, re.compile("^Publier"))
    organiser.goto(f"{event}registrations/rules/")
    press(organiser, "Enregistrer")
    key = re.search(r"[0-9a-f-]{36}", event)[0]
    guest.goto(f"{product_address}/events/{key}/registration/?language=ar")
    is_arabic(guest)
    guest.locator("main a[href*=kind]").first.click()
    guest.wait_for_load_state()
    is_arabic(guest)
    press(guest, "إرسال تسجيلي")
    is_arabic(guest)
    expect(guest.get_by_role("alert").first).to_be_visible()
    for field in guest.locator("main form [required]:visible").all():
        if field.get_attribute("type") in ("text", None):
            field.fill("سلمى")
    guest.locator("[name=name]").fill(COLLEAGUE)
    guest.locator("[name=email]").fill(f"{secrets.token_hex(3)}@guests.example")
    guest.locator("[name=mode][value=on_site]").check()
    guest.wait_for_timeout(2_500)  # nobody fills a form in less than two seconds
    press(guest, "إرسال تسجيلي")
    is_arabic(guest)
    expect(guest.locator("main")).to_contain_text("شكرا")
    organiser.goto(f"{event}registrations/")
    expect(organiser.locator("main")).to_contain_text(COLLEAGUE)
