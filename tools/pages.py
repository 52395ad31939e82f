"""Find the pages of the running product by following its links, one of each kind."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page

MOST = 80
IDENTIFIER = re.compile(r"/(?:[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32})(?=/|$)")
AFTER_A_WORD = re.compile(r"^(/(?:fr|en|p/[^/]+)/[^/]+)/[^/]+(?=/|$)")


def kind_of(path: str) -> str:
    """The address with what names one row taken out: pages of the same kind have the same."""
    return AFTER_A_WORD.sub(r"\1/*", IDENTIFIER.sub("/*", path))


def one_of_each_kind(page: Page, address: str, starts: list[str], *, under: str = "") -> list[str]:
    """The addresses met from `starts`, the first of each kind, in the order met; queries and files are left out."""
    waiting, met = list(starts), {kind_of(path): path for path in starts}
    found: list[str] = []
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        found.append(path)
        page.goto(address + path)
        for link in links_of(page, address):
            if link.startswith(under or ("/fr/", "/en/")) and kind_of(link) not in met:
                met[kind_of(link)] = link
                waiting.append(link)
    return found


def links_of(page: Page, address: str) -> Iterator[str]:
    """The paths that a page links to within the product, without queries and fragments."""
    for href in page.locator("a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))"):
        parts = urlsplit(urljoin(page.url, href))
        if f"{parts.scheme}://{parts.netloc}" == address and not parts.query and "." not in parts.path:
            yield parts.path


def sign_in(page: Page, address: str) -> Page:
    """Sign in by the first promoter's first role on the demonstration's login page; answers the page then shown."""
    page.goto(f"{address}/accounts/login/")
    page.locator("form:has(h3) button[name=account]").first.click()
    page.wait_for_load_state("networkidle")
    return page
