"""A session is moved by arrow keys, by mouse, and without any script; the grid on a desk, the list on a phone."""

import pytest
from playwright.sync_api import expect

WIDTHS = (1280, 375)


@pytest.fixture(scope="module")
def state(chromium, product_address):
    """Somebody of the playground's team, with the address of its agenda."""
    page = chromium.new_context(locale="fr").new_page()
    page.goto(f"{product_address}/fr/")
    page.click("form[action='/playground/'] button")
    page.goto(f"{product_address}/p/{page.url.split('/p/')[1].split('/')[0]}/events/")
    page.click("main >> text=Rencontre à venir (exemple)")
    page.click("nav >> text=Programme et espaces")
    page.context.add_cookies([{"name": "django_language", "value": "fr", "url": product_address}])
    return page.context.storage_state(), page.url


@pytest.fixture
def agenda(look, state):
    """Opens the agenda as the team sees it."""

    def open_agenda(**how):
        kept, address = state
        return look(address, state=kept, **how)

    return open_agenda


def card(page, title):
    return page.locator("article.m-agenda-card", has_text=title)


def barriers(sight):
    """What axe finds, apart from the strip that every page of a playground bears."""
    return [found for found in sight.barriers() if not found[1][0].startswith(".m-playground")]


def hours(page, title):
    return card(page, title).locator("p").first


def test_a_session_is_moved_by_arrow_keys_and_each_step_is_told(agenda):
    sight = agenda(width=1280)
    page = sight.page
    says = page.locator("[data-says]")
    button = card(page, "Signature (exemple)").get_by_role("button", name="Déplacer au clavier")
    button.focus()
    page.keyboard.press("Enter")
    expect(says).to_contain_text("Signature (exemple)\u00a0: prête à être déplacée")
    expect(button).to_have_attribute("aria-pressed", "true")
    for key, told in (
        ("ArrowDown", "Espace de signature (exemple), Jeudi 17"),
        ("ArrowLeft", "Tables (exemple)"),
        ("ArrowLeft", "Salle A (exemple)"),
        ("ArrowUp", "11:30"),
    ):
        page.keyboard.press(key)
        expect(says).to_contain_text(told.split(" 17")[0])
    page.keyboard.press("Enter")
    expect(page.locator(".m-toast")).to_contain_text("a été déplacée")
    expect(hours(page, "Signature (exemple)")).to_contain_text("11:30–12:00")
    assert card(page, "Signature (exemple)").locator("xpath=ancestor::td").get_attribute("data-begins") == "11:30"
    expect(card(page, "Signature (exemple)")).to_be_focused()
    assert (sight.overhang(), barriers(sight)) == (0, [])


def test_escape_leaves_a_session_where_it_was(agenda):
    page = agenda(width=1280).page
    card(page, "Signature (exemple)").get_by_role("button", name="Déplacer au clavier").focus()
    for key in ("Enter", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    expect(page.locator("[data-says]")).to_contain_text("laissée à sa place")
    expect(page.locator(".m-agenda-here")).to_have_count(0)


def test_a_session_is_dragged_to_another_hour_and_lasts_as_long(agenda):
    page = agenda(width=1280).page
    free = page.locator("td[data-begins='12:30']").nth(1)
    card(page, "Atelier des recrutements (exemple)").scroll_into_view_if_needed()
    box = card(page, "Atelier des recrutements (exemple)").bounding_box()
    x, y = box["x"] + box["width"] - 30, box["y"] + 60
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 8, steps=4)  # a browser tells of a drag from its second move on
    for _ in range(3):
        free.hover()
    page.mouse.up()
    expect(page.locator(".m-toast")).to_contain_text("a été déplacée")
    expect(hours(page, "Atelier des recrutements (exemple)")).to_contain_text("12:30–14:00")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_session_is_moved_without_script(agenda, width):
    begins = "16:00" if width == WIDTHS[0] else "16:30"
    sight = agenda(width=width, javascript=False)
    page = sight.page
    card(page, "Signature (exemple)").get_by_role("link", name="Déplacer").click()
    assert sight.overhang() == 0
    page.locator("input[name=begins]").fill(begins)
    page.locator("input[name=ends]").fill("17:30")
    page.get_by_role("button", name="Déplacer").click()
    assert hours(page, "Signature (exemple)").text_content().startswith(f"{begins}–17:30")
    assert sight.overhang() == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_an_agenda_fit_and_have_no_barrier(look, agenda, state, product_address, width):
    kept, address = state
    event = address.split("/events/")[1].split("/")[0]
    for sight in (
        agenda(width=width),
        look(f"{address}lists/", state=kept, width=width),
        look(f"{address}versions/", state=kept, width=width),
        look(f"{product_address}/fr/events/{event}/agenda/", state=kept, width=width),
    ):
        assert (sight.overhang(), barriers(sight)) == (0, []), sight.page.url


def test_on_a_phone_the_agenda_is_a_list_with_the_space_of_each_session(look, state, product_address):
    kept, address = state
    event = address.split("/events/")[1].split("/")[0]
    page = look(f"{product_address}/fr/events/{event}/agenda/", state=kept, width=375).page
    shown = page.locator(".m-agenda-card", has_text="Ouverture (exemple)").locator(".m-agenda-where")
    expect(shown).to_be_visible()
    one, two = (
        page.locator(".m-agenda-card", has_text=title).bounding_box()
        for title in ("Les métiers de la région (exemple)", "Atelier des recrutements (exemple)")
    )
    assert one["y"] + one["height"] <= two["y"]
