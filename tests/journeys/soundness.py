"""What must hold on any page, whatever it says: one heading, one language, identifiers that lead somewhere, files that
are there, forms that somebody takes.
"""

from collections import Counter
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

STATIC = "/static/"
LED_TO = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "list")
"""Attributes that name identifiers of the same page."""
SCHEMES = ("http", "https", "mailto", "tel")


def faults_of(page, path):
    """What is wrong with the page at `path`, each in one line."""
    return [*_frame(page, path), *_identifiers(page), *_files(page, path), *_forms(page, path), *_links(page)]


def links_of(page, path):
    """The addresses of this house that a page links to, as (path with query, fragment)."""
    for element in page.elements("a", "link"):
        if element.tag == "link" and element["rel"] != "alternate":
            continue
        parts = urlsplit(urljoin(path, element["href"]))
        if element["href"] and not parts.netloc and not parts.scheme and not parts.path.startswith(STATIC):
            yield parts.path + (f"?{parts.query}" if parts.query else ""), unquote(parts.fragment)


def identifiers_of(page):
    """The identifiers on a page, as often as they stand there."""
    return [element["id"] for element in page.elements() if element["id"]]


def _frame(page, path):
    root = next(page.elements("html"), None)
    if root is None:
        yield "there is no <html>"
        return
    language = path.split("/")[1]
    if root["lang"] not in ("fr", "en") or (language in ("fr", "en") and root["lang"] != language):
        yield f"the page says it is in {root['lang']!r}"
    for tag in ("title", "main", "h1"):
        found = list(page.elements(tag))
        if len(found) != 1 or not found[0].text:
            yield f"{len(found)} <{tag}>: {[element.text for element in found]}"


def _identifiers(page):
    known = Counter(identifiers_of(page))
    for name, count in known.items():
        if count > 1:
            yield f"the identifier {name!r} stands {count} times"
    for element in page.elements():
        for attribute in LED_TO:
            for name in element[attribute].split():
                if name not in known:
                    yield f"{attribute}={name!r} of a <{element.tag}> leads nowhere"
        if element.tag == "a" and element["href"].startswith("#") and element["href"][1:] not in {*known, ""}:
            yield f"{element['href']} leads nowhere on its page"


@lru_cache(maxsize=256)
def _is_there(name):
    return finders.find(name) is not None


def _files(page, path):
    for element in page.elements():
        for attribute in ("src", "href", "poster"):
            address = urlsplit(urljoin(path, element[attribute])).path
            if element[attribute] and address.startswith(STATIC) and not _is_there(address.removeprefix(STATIC)):
                yield f"there is no file {address}"
        if element.tag == "img" and "alt" not in element.attributes:
            yield "an image without words"


def _forms(page, path):
    for form in page.elements("form"):
        address = urlsplit(urljoin(path, form["action"])).path
        try:
            found = resolve(address)
        except Resolver404:
            yield f"the form for {address} leads nowhere"
            continue
        declared = getattr(found.func, "door", None)
        method = (form["method"] or "get").upper()
        if declared and method not in declared.methods:
            yield f"the form for {address} is sent by {method}, which is not taken there"


def _links(page):
    for link in page.elements("a"):
        scheme = urlsplit(link["href"]).scheme
        if scheme and scheme not in SCHEMES:
            yield f"a link by {scheme}:"
        if not link.text and not link["aria-label"]:
            yield f"the link to {link['href']} says nothing"
