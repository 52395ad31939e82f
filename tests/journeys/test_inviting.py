"""Inviting as an organiser does it, in French, on a desk's screen and on a phone: read, try, send, undo, send again.

The guest answers with scripts switched off, sends a colleague, and changes their mind.
"""

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = {"desk": (1280, 900), "phone": (375, 800)}


@pytest.fixture(params=SIZES)
def page(chromium, product_address, request):
    """A window of one width in the playground; no error may be said on its console."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="fr")
    window, errors = context.new_page(), []
    window.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    window.set_default_timeout(60_000)
    window.goto(f"{product_address}/fr/")
    press(window, "Entrer dans le bac à sable")
    yield window
    context.close()
    assert errors == []


def press(page: Page, name: str | re.Pattern[str], role: str = "button") -> None:
    page.get_by_role(role, name=name, exact=isinstance(name, str)).filter(visible=True).first.click()
    page.wait_for_load_state()


def fits(page: Page) -> None:
    """Nothing is wider than the window."""
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def a_gathering(page: Page, address: str, guests: list[str]) -> str:
    """The address of a new gathering with these guests on its list."""
    page.goto(f"{address}/p/bac-a-sable/events/new/")
    page.get_by_label("Nom").first.fill(f"Rencontre {secrets.token_hex(2)} (exemple)")
    page.get_by_label("Premier jour").fill("2090-03-10")
    press(page, "Préparer")
    event = page.url
    for guest in guests:
        page.goto(f"{event}guests/new/")
        page.get_by_label("Invité", exact=True).fill(guest)
        page.get_by_label("Adresse électronique").first.fill(f"{secrets.token_hex(3)}@guests.example")
        press(page, "Ajouter")
    return event


def test_letters_are_read_tried_sent_undone_and_sent_again(page, product_address):
    guests = [f"{name} {secrets.token_hex(2)} (exemple)" for name in ("Ada", "Badr", "Chama")]
    event = a_gathering(page, product_address, guests)
    page.goto(f"{event}invitations/")
    press(page, "Lire les lettres", "link")
    page.get_by_label("Invité n°").fill("2")
    press(page, "Afficher")
    expect(page.locator("article")).to_contain_text(guests[1])
    fits(page)
    press(page, "Me l’envoyer")
    expect(page.locator("main")).to_contain_text("La lettre part maintenant, à equipe@bac-a-sable.example")
    press(page, "Envoyer aux 3 invités")
    expect(page.locator("main")).to_contain_text("3 invitations partent à")
    fits(page)
    press(page, "Annuler l’envoi")
    expect(page.locator("main")).to_contain_text("3 lettres ne partent pas")
    press(page, re.compile("^Envoyer une vague"))
    expect(page.locator("main")).to_contain_text("en marche")
    press(page, guests[0], "link")
    fits(page)
    press(page, "Copier le lien")
    share = page.get_by_role("link", name="Partager par WhatsApp").get_attribute("href")
    assert share.startswith("https://wa.me/?text=")
    answer_without_script(page, page.get_by_label(re.compile("À ne transmettre qu’à cet invité")).input_value())
    page.goto(f"{event}invitations/")
    expect(page.locator("main")).to_contain_text("par Sara, assistante")
    expect(page.locator("main")).to_contain_text("Collègue (exemple)")


def answer_without_script(page: Page, address: str) -> None:
    """An assistant says yes for the guest; then the guest sends a colleague after all."""
    context = page.context.browser.new_context(java_script_enabled=False, viewport=page.viewport_size, locale="fr")
    guest = context.new_page()
    guest.set_default_timeout(60_000)
    guest.goto(address)
    guest.get_by_role("radio", name=re.compile("^Sur site")).check()
    guest.get_by_role("checkbox", name=re.compile("Tables d’entretien")).check()
    guest.locator("summary", has_text="un assistant qui répond").click()
    guest.get_by_label(re.compile("^Votre nom, si")).fill("Sara, assistante")
    press(guest, "Envoyer ma réponse")
    expect(guest.locator("main")).to_contain_text("réponse donnée par Sara, assistante pour")
    expect(guest.locator("main")).to_contain_text("Vos places")
    guest.get_by_role("radio", name=re.compile("^Un collègue")).check()
    guest.locator("summary", has_text="un assistant qui répond").click()
    guest.get_by_label(re.compile("^Le nom de votre collègue")).fill("Collègue (exemple)")
    guest.get_by_label(re.compile("^L’adresse de votre collègue")).fill(f"{secrets.token_hex(3)}@guests.example")
    press(guest, "Envoyer ma réponse")
    expect(guest.locator("main")).to_contain_text("Votre collègue reçoit sa propre invitation")
    context.close()
