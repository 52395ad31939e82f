import re
from pathlib import Path

import pytest
from django.template import Context, TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation

from moussem.core import icons
from moussem.core.actor import ANONYMOUS
from moussem.core.components import BarRow, FigureLine, SourceMark, bars_of
from tests.core.gallery import COPY, ECONOMISTE, LE360, MAGHRESS, gallery

CORE = Path(icons.__file__).parent
SPRITE = (CORE / "static/core/sprite.svg").read_text(encoding="utf-8")
GALLERY = Path(__file__).parent / "templates" / "gallery.html"


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def page_request():
    request = RequestFactory().get("/fr/")
    request.actor = ANONYMOUS
    request.resolver_match = None
    request._messages = []
    return request


def render(text, request=None, language="fr", **context):
    with translation.override(language):
        return engines["django"].from_string("{% load moussem %}" + text).render(context, request)


def gallery_page(language="fr", base="public"):
    with translation.override(language):
        template = engines["django"].from_string(GALLERY.read_text(encoding="utf-8"))
        return template.render(gallery() | {"base": f"core/{base}.html"}, page_request())


def test_the_same_source_keeps_its_number_and_is_listed_once():
    said = render("{% source a %}{% source b %}{% source a %}{% sources %}", page_request(), a=ECONOMISTE, b=LE360)

    assert re.findall(r'popovertarget="quote-(\d)"', said) == ["1", "2", "1"]
    assert said.count('id="source-1"') == said.count('id="quote-1"') == 1
    assert said.count("<li") == 2


def test_two_pages_number_their_sources_apart():
    first, second = page_request(), page_request()

    render("{% source a %}{% source b %}", first, a=ECONOMISTE, b=LE360)

    assert 'popovertarget="quote-1"' in render("{% source b %}", second, b=LE360)


def test_every_mark_of_a_page_finds_its_quote_and_its_place_in_the_list():
    page = gallery_page()
    targets = set(re.findall(r'popovertarget="([^"]+)"', page))

    assert targets
    assert targets == set(re.findall(r'id="(quote-\d+)"', page))
    assert {t.replace("quote", "source") for t in targets} == set(re.findall(r'id="(source-\d+)"', page))


def test_no_identifier_is_used_twice_on_a_page():
    found = re.findall(r'\sid="([^"]+)"', gallery_page())

    assert len(found) == len(set(found))


def test_a_stored_copy_is_named_and_never_linked():
    said = render("{% source m %}{% sources %}", page_request(), m=COPY)

    assert "copie conservée" in said
    assert COPY.url not in said


def test_a_publisher_and_an_aggregator_are_linked_and_told_apart():
    publisher = render("{% source m %}{% sources %}", page_request(), m=LE360)
    aggregator = render("{% source m %}{% sources %}", page_request(), m=MAGHRESS)

    assert f'href="{LE360.url}"' in publisher
    assert "agrégateur" not in publisher
    assert f'href="{MAGHRESS.url}"' in aggregator
    assert "agrégateur" in aggregator


def test_what_a_source_does_not_state_is_said_in_its_place():
    said = render("{% source m %}{% sources %}", page_request(), m=SourceMark(key="bare"))

    assert "titre non indiqué" in said
    assert "éditeur non indiqué" in said
    assert "sans date" in said


def test_a_quote_carries_its_language():
    assert '<q lang="fr">' in render("{% source m %}{% sources %}", page_request(), "en", m=ECONOMISTE)


def test_a_script_in_a_quote_is_only_text():
    mark = SourceMark(key="x", quote="<script>alert(1)</script>", title='"><img src=x>')

    said = render("{% source m %}{% sources %}", page_request(), m=mark)

    assert "<script>" not in said
    assert "<img" not in said


def test_a_figure_without_a_value_reads_not_stated_and_never_zero():
    said = render("{% figure f %}", page_request(), f=FigureLine(None, "jobs", "verified"))

    assert "non indiqué" in said
    assert "0" not in re.sub(r"<[^>]+>", "", said)


def test_zero_is_a_value_and_not_the_absence_of_one():
    assert "<b>0\u00a0emploi</b>" in render("{% figure f %}", page_request(), f=FigureLine(0, "jobs", "verified"))


def test_a_kind_without_figures_keeps_its_column():
    said = re.sub(r"\s+", " ", gallery_page())

    assert said.count('<div class="m-stat">') == 4
    assert "Personne n’a encore compté." in said


def test_bars_share_one_scale_and_a_missing_value_has_no_bar():
    rows = (
        BarRow("a", FigureLine(30000, "jobs", "announced"), FigureLine(8000, "jobs", "reported")),
        BarRow("b", FigureLine(10000, "jobs", "announced", "range", 15000), None),
    )

    assert [(b.outer_width, b.inner_width) for b in bars_of(rows)] == [("100.0%", "26.7%"), ("50.0%", "")]
    assert bars_of(()) == []


def test_an_unknown_icon_is_refused():
    with pytest.raises(TemplateSyntaxError):
        render('{% icon "unicorn" %}')


def test_the_sprite_holds_every_icon_and_nothing_else():
    assert set(re.findall(r'id="i-([^"]+)"', SPRITE)) == icons.ICONS


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("base", ["public", "desk"])
def test_no_page_carries_inline_style_or_script(language, base):
    page = gallery_page(language, base)

    assert "<script" not in page
    assert " style=" not in page
    assert "<style" not in page
    assert not re.search(r"\son[a-z]+=", page)


def test_a_text_that_falls_back_to_another_language_says_which():
    assert render("{% say t %}", t={"ar": "نص"}) == '<span lang="ar">نص</span>'
    assert render("{% say t %}", t={"fr": "Texte", "en": "Text"}) == "Texte"
    assert render("{% say t %}", t=None) == ""


def test_a_page_without_a_request_still_numbers_its_sources():
    text = "{% load moussem %}{% source a %}{% sources %}"
    with translation.override("fr"):
        said = engines["django"].engine.from_string(text).render(Context({"a": LE360}))
    assert 'id="source-1"' in said


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_the_pages_of_errors_need_neither_request_nor_database(name):
    with translation.override("fr"):
        page = engines["django"].get_template(f"{name}.html").render()

    assert "<h1>" in page
    assert 'lang="fr"' in page


def test_every_class_in_a_template_has_a_rule():
    """An app's own class carries its prefix (`m-obs-`) and may be a mere name."""
    house = CORE.parent
    rules = "".join(sheet.read_text(encoding="utf-8") for sheet in house.glob("*/static/**/*.css"))
    known = set(re.findall(r"\.(m-[\w-]+)", rules))
    templates = {page: page.read_text(encoding="utf-8") for page in house.glob("*/templates/**/*.html")}
    used = {
        (str(page.relative_to(house)), name)
        for page, text in templates.items()
        for attribute in re.findall(r'class="([^"]*)"', re.sub(r"{%.*?%}|{{.*?}}", " ", text))
        for name in re.findall(r"(?<![\w-])m-\w[\w-]*\w(?=\s|$)", attribute)
    }

    assert len(used) > 100
    assert {(page, name) for page, name in used if name not in known and not name.startswith("m-obs-")} == set()
