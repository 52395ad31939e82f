"""A guest list on somebody's disk becomes invitations: dropped with the five questions, looked at, sent by one yes."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.sight import Sight
from tests.factories.sheets import HEADINGS, a_workbook
from tools.pages import sign_in

ENOUGH_MS = 60_000
MOST_FIELDS = 12
GUESTS = [(f"Invitée {n}", f"Maison {n % 9} (exemple)", "DSI", f"liste-{n}@guests.example", "") for n in range(28)]


@pytest.fixture
def page(chromium, product_address):
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = sign_in(context.new_page(), product_address)
    page.set_default_timeout(ENOUGH_MS)
    yield page
    context.close()


def barriers(page, width):
    """What is wrong with the page as it stands, at one width."""
    sight = Sight.__new__(Sight)
    sight.page = page
    page.set_viewport_size({"width": width, "height": 900})
    return sight.barriers() + [("too wide", n) for n in [sight.overhang()] if n]


class Counted:
    """A page on which every new address and every dialogue is a screen, every control filled or chosen a field."""

    def __init__(self, page, start):
        self.page, self.fields, self.dialogues = page, 0, 0
        page.goto(start)
        self.start, self.addresses = self._path(), set()
        page.on("framenavigated", lambda frame: self.addresses.add(self._path()) if frame == page.main_frame else None)
        page.on("dialog", self._answered)

    def _path(self):
        return urlsplit(self.page.url).path

    def _answered(self, dialogue):
        self.dialogues += 1
        dialogue.accept()

    @property
    def screens(self):
        return len(self.addresses - {self.start}) + self.dialogues

    def fill(self, label, words):
        self.fields += 1
        self.page.get_by_label(label).first.fill(words)

    def drop(self, label, path):
        self.fields += 1
        self.page.get_by_label(label).set_input_files(path)


@pytest.mark.parametrize(
    ("by_way_of", "screens"), [((), 3), (("Cibler",), 4)], ids=["shortest", "a screen more is seen"]
)
def test_from_the_log_in_to_28_invitations_it_takes_three_screens_and_few_fields(
    chromium, product_address, tmp_path, by_way_of, screens
):
    path = tmp_path / "invités.xlsx"
    path.write_bytes(a_workbook([*GUESTS], headings=HEADINGS))
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(ENOUGH_MS)
    counted = Counted(page, f"{product_address}/accounts/login/")
    page.locator("form:has(h3) button[name=account]").first.click()
    for verb in by_way_of:
        page.get_by_role("link", name=re.compile(f"^{verb}")).first.click()
    page.get_by_role("link", name="Préparer une rencontre").first.click()
    counted.fill("Nom", f"Rencontre en {screens} écrans (exemple)")
    counted.fill("Premier jour", "2090-02-10")
    counted.drop("Liste des invités", path)
    page.get_by_role("button", name="Préparer").click()
    page.get_by_role("button", name=re.compile("^Oui, inviter 28 personnes")).click()
    expect(page.locator("main")).to_contain_text("28 invitations envoyées", timeout=ENOUGH_MS)
    assert (counted.screens, counted.fields) == (screens, 3), counted.addresses
    assert counted.fields <= MOST_FIELDS
    context.close()


def test_a_dropped_list_of_twenty_eight_becomes_twenty_eight_invitations(page, tmp_path):
    path = tmp_path / "invités.xlsx"
    path.write_bytes(a_workbook([*GUESTS], headings=HEADINGS))
    page.goto(re.sub(r"(/p/[^/]+/).*", r"\1events/new/", page.url))
    page.get_by_label("Nom").first.fill("Rencontre de la liste (exemple)")
    page.get_by_label("Premier jour").fill("2090-01-10")
    page.get_by_label("Liste des invités").set_input_files(path)
    page.get_by_role("button", name="Préparer").click()
    yes = page.get_by_role("button", name="Oui, inviter 28 personnes")
    expect(yes).to_be_visible(timeout=ENOUGH_MS)
    assert [barriers(page, width) for width in (375, 1280)] == [[], []]
    address = page.url
    yes.click()
    expect(page.locator("main")).to_contain_text("28 invitations envoyées", timeout=ENOUGH_MS)
    assert page.url == address
    assert [barriers(page, width) for width in (375, 1280)] == [[], []]


def test_a_list_with_faults_and_doubts_can_be_read_by_anybody(page, tmp_path):
    path = tmp_path / "fautes.xlsx"
    path.write_bytes(a_workbook([*GUESTS[:3], ("", "x", "", "", ""), ("=1", "", "", "pas une adresse", "12")]))
    page.goto(re.sub(r"(/p/[^/]+/).*", r"\1imports/new/", page.url))
    page.get_by_label("Fichier").set_input_files(path)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.locator("main")).to_contain_text("n’est pas une adresse e-mail", timeout=ENOUGH_MS)
    page.get_by_text("Ce que contiennent les colonnes").click()
    assert [barriers(page, width) for width in (375, 1280)] == [[], []]
