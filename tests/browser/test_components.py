import pytest

PAGES = [("fr", "public"), ("en", "public"), ("fr", "desk"), ("en", "desk")]


@pytest.fixture
def gallery(gallery_address, look):
    def open_gallery(language="fr", base="public", **how):
        return look(f"{gallery_address}/{language}/gallery/{base}/", **how)

    return open_gallery


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "base"), PAGES)
def test_the_components_have_no_barrier_no_overhang_and_no_complaint(gallery, language, base, width, scheme):
    sight = gallery(language, base, width=width, scheme=scheme)

    assert sight.answer.status == 200
    assert sight.overhang() == 0
    assert sight.barriers() == []
    assert sight.complaints == []


def test_planted_faults_would_be_found(gallery):
    sight = gallery(width=375)
    sight.page.evaluate(
        "() => { document.querySelector('main').insertAdjacentHTML('beforeend',"
        " '<img src=\"/static/core/mark.svg\"><table><tr><td><pre>' + 'x'.repeat(400) + '</pre></td></tr></table>"
        '<p style="color:red">x</p>\'); }'
    )

    assert sight.overhang() > 0
    assert "image-alt" in {rule for rule, _ in sight.barriers()}
    assert any("Content Security Policy" in said for said in sight.complaints)


def test_a_source_opens_its_quote_by_keyboard_and_escape_closes_it(gallery):
    sight = gallery()
    sight.page.locator("button.m-src").first.focus()

    sight.press("Enter")
    assert sight.shows("#quote-1")

    sight.press("Escape")
    assert not sight.shows("#quote-1")


def test_a_source_opens_without_script(gallery):
    sight = gallery(javascript=False, width=375)

    sight.page.locator("button.m-src").first.click()

    assert sight.page.locator("#quote-1 blockquote").is_visible()
    box = sight.page.locator("#quote-1").bounding_box()
    assert box["x"] == 0
    assert box["width"] == 375


def test_the_first_tab_offers_to_skip_to_the_content_and_is_seen(gallery):
    sight = gallery()

    focus = sight.press("Tab")

    assert focus["href"] == "#page"
    assert focus["outline"]
    assert focus["top"] >= 0
    assert sight.press("Enter")["id"] == "page"


def test_whatever_takes_the_focus_shows_it(gallery):
    sight = gallery()

    unseen = [focus for focus in (sight.press("Tab") for _ in range(40)) if focus["href"] and not focus["outline"]]

    assert unseen == []


def test_paper_lists_the_sources_and_leaves_the_navigation_out(gallery):
    sight = gallery(base="desk")
    assert not sight.shows(".m-sources-all")

    sight.page.emulate_media(media="print")

    assert sight.shows(".m-sources-all")
    assert not sight.shows(".m-bar")
    assert not sight.shows("button.m-btn-main")
