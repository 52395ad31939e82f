"""Which numbers of a page lead to a source, and which do not.

**A number**, here, is a quantity that somebody may ask "says who?" about. Two things are one:

- digits said with a unit of figures ("3 000 emplois", "55 M DH", "27 %"): the units are those of `core.formats`, in the
  language of the page; durations (days, months, years) are units of time and left out;
- digits that stand alone in their element, as in a table or set large ("28", "1 000"), a year excepted, which no
  thousands separate.

**It has its citation** where it stands in one statement (the innermost row, item, fact, column of figures, or else
block of text) with the numbered mark of a source; in the words of a source themselves (`q`, `blockquote`, `cite`); in a
link to the page of its figure, statement or document. On the page of a figure or a statement the citation that it
shows is that of all its numbers; the page of a document or of a table of the season is the source itself.

**It needs none** where it is no statement about the world: in a control of a form with its label and hint, in
navigation. And it needs none where no document speaks but somebody on the page itself: an element around then names who
by `data-said-by`, one of `SPEAKERS`.

What this does not see: digits inside a sentence without a unit, and whether a citation says what stands beside it (the
quotes are compared with their texts in `tests/demo/test_season_texts.py`).
"""

import re
from bisect import bisect_right
from functools import lru_cache

from django.utils.translation import override

from moussem.core import formats
from tests.journeys.markup import INLINE, Element

SPEAKERS = {
    "product": "counted or kept by the product: its rows, its ledger, sums of figures that stand with their sources",
    "promoter": "set or decided by the promoter itself: the seats, rules, envelope or decision of what is its own",
    "parties": "owed by the parties of the act that the page shows, where no document is cited for it",
    "applicant": "stated by the applicant in the application that the page shows",
    "operator": "declared by the operator in the return that the page shows",
    "reader": "typed by the reader, and kept nowhere",
}
"""Who speaks where no document does: the values of `data-said-by`."""
DURATIONS = ("days", "months", "years")
ROWS = frozenset(("li", "tr", "dd", "blockquote"))
ROW_CLASSES = frozenset(("m-stat", "m-obs-sum", "m-note", "m-against"))
CITING_PAGES = re.compile(r"/(?:figures|statements)/[0-9a-f-]{36}/$")
SOURCE_PAGES = re.compile(r"/(?:documents|tables)/[^/]+/$")
CITED = ("q", "blockquote", "cite", "mark")
SILENT = frozenset(
    ("nav", "label", "legend", "option", "select", "textarea", "button", "script", "style", "svg", "head")
)
SILENT_CLASSES = frozenset(("m-src", "m-sources", "m-quote", "m-hint", "m-wait-n", "m-bar", "m-skip", "m-hidden"))
DIGITS = r"\d[\d\u00a0\u202f .,]*"
ALONE = re.compile(rf"[<>≤≥]?\s*({DIGITS})$")
YEAR = re.compile(r"(?:19|20)\d\d$")
ADDRESS = re.compile(r"https?://\S+")


def uncited(page: Element, path: str) -> list[str]:
    """The numbers of a page that lead to no source, each with the words around it."""
    if SOURCE_PAGES.search(path) or (CITING_PAGES.search(path) and _shows_its_source(page)):
        return []
    language = next(page.elements("html"))["lang"]
    return [words for element, words in numbers_of(page, language) if not _is_answered_for(element)]


def _shows_its_source(page):
    return any(True for _ in next(page.elements("main")).elements("blockquote", "cite"))


def numbers_of(page: Element, language: str):
    """Every number of the page's main part, as (its element, the words of its statement)."""
    main = next(page.elements("main"))
    texts = [(element, words) for element, words in _spoken(main)]
    starts, said = [], ""
    for _element, words in texts:
        starts.append(len(said))
        said += words
    found = {bisect_right(starts, match.start()) - 1 for match in _quantity(language).finditer(said)}
    found |= {n for n, (_, words) in enumerate(texts) if _stands_alone(words)}
    for n in sorted(found):
        element = texts[n][0]
        yield element, _statement(element).text[:120] or element.text


def _spoken(element):
    """The texts that are read, with a break between blocks. An address is not read: its token may hold "MAD7"."""
    for child in element.children:
        if not isinstance(child, Element):
            yield element, ADDRESS.sub("…", child)
        elif child.tag not in SILENT and not SILENT_CLASSES.intersection(child.classes):
            if child.tag not in INLINE:
                yield child, "\n"
            yield from _spoken(child)
            if child.tag not in INLINE:
                yield child, "\n"


def _stands_alone(words):
    alone = ALONE.match(words.strip())
    return bool(alone) and not YEAR.match(alone[1].strip())


@lru_cache(maxsize=4)
def _quantity(language):
    with override(language):
        units = {formats.unit_word(unit, n) for unit in formats._UNITS if unit not in DURATIONS for n in (1, 2)}
        scopes = {word for scope in formats._SCOPES for n in (1, 2) for word in formats.scope_word(scope, n).split()}
    unit, scope = ("|".join(sorted(map(re.escape, words), key=len, reverse=True)) for words in (units, scopes))
    money = r"(?:M|Md|million|billion|millions|milliards)?\s?(?:DH|MAD|EUR|€)"
    before = rf"(?:MAD|EUR|€)\s?{DIGITS}"
    return re.compile(rf"{DIGITS}\s?(?:%|{money}(?!\w)|(?:(?:{scope})\s)*(?:{unit})(?!\w))|{before}")


def _is_answered_for(element):
    for around in element.within():
        if around["data-said-by"] in SPEAKERS or around.tag in (*CITED, "time"):
            return True
        if around.tag == "a" and (CITING_PAGES.search(around["href"]) or SOURCE_PAGES.search(around["href"])):
            return True
    return any("m-src" in inside.classes for inside in _statement(element).elements())


def _statement(element):
    """The innermost row around an element; without one, its block of text."""
    block = None
    for around in element.within():
        if around.tag in ROWS or ROW_CLASSES.intersection(around.classes) or _is_one_side(around):
            return around
        if block is None and around.tag not in INLINE:
            block = around
    return block


def _is_one_side(element):
    return element.tag == "div" and element.parent is not None and "m-against" in element.parent.classes
