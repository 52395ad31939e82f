"""Every kind of page of the running demonstration, met by following its links from the first page and from a desk."""

import pytest

from tools.pages import kind_of, one_of_each_kind, sign_in


@pytest.fixture(scope="module")
def public_paths(chromium, product_address):
    page = chromium.new_page()
    paths = one_of_each_kind(page, product_address, ["/fr/", "/en/"])
    page.close()
    return paths


OWN = ("/account/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/",
       "/accounts/sessions/", "/accounts/email/", "/accounts/password/set/", "/accounts/logout/")  # fmt: skip
"""The pages of one's own account, most of them not ours."""


@pytest.fixture(scope="module")
def desk(chromium, product_address):
    """The stored session of a member of staff, and the kinds of desk page met with it."""
    context = chromium.new_context()
    page = sign_in(context.new_page(), product_address)
    start = page.url.removeprefix(product_address)
    paths = one_of_each_kind(page, product_address, [start], under="/p/")
    state = context.storage_state()
    context.close()
    return state, paths


def faults_of(sight, other_width):
    """What is wrong with a page, in words; its width is asked twice, everything else once. Empty where nothing is."""
    found = [f"answers {sight.answer.status}"] if sight.answer.status != 200 else []
    found += [f"{rule} at {target}" for rule, target in sight.barriers()]
    found += [f"has {n} first headings" for n in [sight.page.locator("h1").count()] if n != 1]
    overhangs = [sight.overhang()]
    sight.page.set_viewport_size({"width": other_width, "height": 900})
    overhangs.append(sight.overhang())
    return found + [f"is {n} px too wide" for n in overhangs if n] + sight.complaints


@pytest.mark.parametrize(("language", "width", "other_width"), [("fr", 375, 1280), ("en", 1280, 375)])
def test_every_public_page_can_be_shown_to_anybody(public_paths, product_address, window, language, width, other_width):
    paths = [path for path in public_paths if path.startswith(f"/{language}/")]
    assert len(paths) > 10
    paths = paths if language == "fr" else paths[::2]

    seen = window(width=width)
    faults = {path: faults_of(seen.at(product_address + path), other_width) for path in paths}

    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize(("width", "other_width"), [(375, 1280), (1280, 375)])
def test_every_desk_page_can_be_shown_to_staff(desk, product_address, window, width, other_width):
    state, paths = desk
    chosen = paths if width == 375 else paths[::3]
    assert any(path.startswith("/p/") for path in chosen)

    seen = window(width=width, state=state)
    faults = {path: faults_of(seen.at(product_address + path), other_width) for path in chosen}

    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize(("width", "other_width", "scheme"), [(375, 1280, "light"), (1280, 375, "dark")])
def test_the_pages_of_an_account_can_be_shown(desk, product_address, window, width, other_width, scheme):
    state, _ = desk
    chosen = OWN if scheme == "light" else OWN[2:4]

    faults, seen = {}, window(width=width, state=state, scheme=scheme)
    for path in chosen:
        seen.at(product_address + path)
        faults[path] = [f"leads to {seen.page.url}"] if not seen.page.url.endswith(path) else []
        faults[path] += faults_of(seen, other_width)

    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.parametrize("address", ["/fr/nowhere/", "/l/unknown.1/"])
def test_a_refusal_is_a_page_too(product_address, look, address):
    seen = look(product_address + address, width=375)

    assert seen.answer.status == 404
    assert (seen.page.locator("h1").count(), seen.barriers(), seen.overhang()) == (1, [], 0)


def test_the_dossier_can_be_read_at_night(public_paths, product_address, look):
    path = next(path for path in public_paths if path.startswith("/fr/dossiers/"))

    assert faults_of(look(product_address + path, scheme="dark"), 375) == []


def test_a_dossiers_mark_opens_its_quote_by_keyboard(public_paths, product_address, look):
    path = next(path for path in public_paths if path.startswith("/fr/dossiers/"))
    sight = look(product_address + path)
    mark = sight.page.locator("#promises button.m-src").first
    quote = sight.page.locator(f"#{mark.get_attribute('popovertarget')}")

    mark.focus()
    sight.press("Enter")
    assert quote.is_visible()
    sight.press("Escape")
    assert not quote.is_visible()


def test_every_kind_of_public_page_is_there_in_both_languages(public_paths):
    kinds = {kind_of(path) for path in public_paths}

    assert {kind.replace("/fr/", "/en/", 1) for kind in kinds} == {
        kind.replace("/fr/", "/en/", 1) for kind in kinds if kind.startswith("/en/")
    }


def test_every_mark_of_a_page_opens_a_quote_and_has_its_line_even_without_script(public_paths, product_address, window):
    marked, seen = 0, window(javascript=False)
    for path in (path for path in public_paths if path.startswith("/fr/")):
        page = seen.at(product_address + path).page
        targets = set(page.locator("button.m-src").evaluate_all("b => b.map(x => x.getAttribute('popovertarget'))"))
        quotes = set(page.locator(".m-quote[popover]").evaluate_all("q => q.map(x => x.id)"))
        marked += len(targets)
        assert targets == quotes, path
        assert page.locator(".m-sources li").count() == len(targets), path
        assert page.locator("h1").is_visible(), path
    assert marked > 20
