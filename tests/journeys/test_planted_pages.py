"""Each fault that the crawler is there to find is planted once, and found; what is right beside it is left alone."""

import pytest

from tests.journeys.crawling import Crawler
from tests.journeys.markup import read
from tests.journeys.numbers import SPEAKERS, uncited
from tests.journeys.soundness import faults_of

pytestmark = pytest.mark.once
KEY = "01a21a6d-5c22-7ecf-b053-7a569c736093"
MARK = '<button type="button" class="m-src">1</button>'


def page(body, language="fr"):
    markup = (
        f'<!doctype html><html lang="{language}"><head><title>T</title></head><body><main>{body}</main></body></html>'
    )
    root, faults = read(markup)
    assert faults == []
    return root


def numbers(body, path="/fr/planted/", language="fr"):
    return uncited(page(body, language), path)


@pytest.mark.django_db
@pytest.mark.urls("tests.journeys.planted")
def test_a_crawl_finds_the_dead_link_the_failing_page_the_redirect_the_fragment_the_number_and_the_thirteenth_query():
    crawl = Crawler().crawl("/planted/")
    assert {(path, fault) for path, _, fault in crawl.faults} == {
        ("/planted/nowhere/", "answers 404"),
        ("/planted/broken/", "answers 500"),
        ("/planted/elsewhere/", "answers 302"),
        ("/planted/", "#gone leads nowhere"),
        ("/planted/asks/13/", "asks 13 queries"),
        ("/planted/", "no source: On a promis 3 000 emplois ici."),
    }


@pytest.mark.parametrize(
    "body",
    [
        "<p>On a promis 3 000 emplois.</p>",
        "<p>Plus de <b>3\u202f000</b> <small>emplois directs</small></p>",
        "<p>L’enveloppe est de 55\u00a0M\u00a0DH.</p>",
        "<p>Soit 27\u202f% de la promesse</p>",
        "<table><tr><th>Saccom</th><td><span>1 000</span></td></tr></table>",
        "<dl><dt>Présents</dt><dd>45</dd></dl>",
        '<div class="m-stat"><div class="m-stat-value"><b>45</b></div></div>',
        f"<ul><li>{MARK}</li><li>3 000 emplois</li></ul>",
        f"<section><p>3 000 emplois</p><p>{MARK}</p></section>",
        '<p data-said-by="hearsay">3 000 emplois</p>',
        '<p><a href="/fr/organisations/1/">3 000 emplois</a></p>',
    ],
)
def test_a_number_without_a_source_is_found(body):
    assert len(numbers(body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        f"<p>On a promis 3 000 emplois.{MARK}</p>",
        f"<table><tr><th>Saccom</th><td>1 000</td><td>{MARK}</td></tr></table>",
        f'<div class="m-stat"><div class="m-stat-value"><b>45</b></div><p>emplois {MARK}</p></div>',
        "<blockquote>plus de 3 000 emplois</blockquote>",
        "<p>selon <q>près de 800 emplois</q></p>",
        f'<p><a href="/fr/figures/{KEY}/">3 000 emplois</a></p>',
        "<label>20 emplois au moins</label>",
        "<p>Le 10 juillet 2020, à 10:30, version 3, article 5, pendant 2 jours</p>",
        "<p>Répondez ici : https://moussem.example/l/x-28DH-MAD7/ ou non.</p>",
        "<table><tr><td>2020</td></tr></table>",
        *(f'<p data-said-by="{who}">28</p>' for who in SPEAKERS),
    ],
)
def test_a_number_with_its_source_and_what_is_no_number_are_left_alone(body):
    assert numbers(body) == []


def test_the_page_of_a_figure_answers_for_its_numbers_if_it_shows_a_citation_and_no_other_page_does():
    cited = "<h1>3 000 emplois</h1><blockquote>plus de 3 000</blockquote>"
    assert numbers(cited, f"/fr/figures/{KEY}/") == []
    assert len(numbers("<h1>3 000 emplois</h1>", f"/fr/figures/{KEY}/")) == 1
    assert len(numbers(cited, f"/fr/organisations/{KEY}/")) == 1
    assert numbers("<h1>3 000 emplois</h1>", f"/fr/documents/{KEY}/") == []


def test_units_are_those_of_the_page_s_language():
    assert len(numbers("<p>MAD 55 million and 3,000 direct jobs</p>", language="en")) == 1
    assert numbers("<p>3 000 jobs</p>", language="fr") == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>A</h1><h1>B</h1>", "2 <h1>: ['A', 'B']"),
        ("<p>A</p>", "0 <h1>: []"),
        ('<h1>A</h1><p id="a"></p><p id="a"></p>', "the identifier 'a' stands 2 times"),
        ('<h1>A</h1><a href="#gone">gone</a>', "#gone leads nowhere on its page"),
        ('<h1>A</h1><label for="gone">A</label>', "for='gone' of a <label> leads nowhere"),
        ('<h1>A</h1><img src="/static/core/gone.svg" alt="">', "there is no file /static/core/gone.svg"),
        ('<h1>A</h1><img src="/static/core/mark.svg">', "an image without words"),
        ('<h1>A</h1><form method="post" action="/nowhere/"></form>', "the form for /nowhere/ leads nowhere"),
        (
            '<h1>A</h1><form method="post" action="/fr/events/"></form>',
            "the form for /fr/events/ is sent by POST, which is not taken there",
        ),
        ('<h1>A</h1><a href="/fr/"></a>', "the link to /fr/ says nothing"),
        ('<h1>A</h1><a href="javascript:x()">x</a>', "a link by javascript:"),
    ],
)
def test_each_fault_of_a_page_is_found(body, fault):
    assert list(faults_of(page(body), "/fr/planted/")) == [fault]


def test_a_page_in_another_language_than_its_address_is_found():
    assert faults_of(page("<h1>A</h1>", "en"), "/fr/") == ["the page says it is in 'en'"]


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p><div></div></p>", "<div> stands in a <p>"),
        ("<b><i></b></i>", "</b> ends a <i>"),
        ("<ul><li></ul>", "</ul> ends a <li>"),
        ("<section>", "<section> is never closed"),
        ('<p id="a" id="b"></p>', "<p> has id twice"),
    ],
)
def test_tags_that_a_browser_would_mend_in_silence_are_found(markup, fault):
    assert fault in read(markup)[1]
