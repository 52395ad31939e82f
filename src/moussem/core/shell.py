"""What frames a page: the steps of the way, the links of the public bar, the switch of languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info

from moussem.core.actor import Actor
from moussem.core.navigation import NavigationItem


@dataclass(frozen=True, slots=True)
class ShellLink:
    """A link of the shell. `url` is empty where a verb has no page yet: it is then plain text, never a dead link."""

    label: str | Promise
    url: str
    waiting: int
    current: bool


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """One language of the switch. `url` is the same page in it; empty where the page's address has no language."""

    code: str
    short: str
    name: str
    url: str
    current: bool


def address_of(item: NavigationItem, promoter_slug: str) -> str:
    """The address of a page of the navigation; desk pages take the promoter, and are empty without one."""
    return _kept_address(
        item.url_name, promoter_slug, get_language() or "", get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF
    )


@lru_cache(maxsize=4096)
def _kept_address(url_name: str, promoter_slug: str, language: str, prefix: str, urls: str) -> str:
    """The address under a prefix, in a language: a page of the desk has eighty, and they change with the code alone."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return reverse(url_name, kwargs={"promoter": promoter_slug}) if promoter_slug else ""


def link_of(item: NavigationItem, *, actor: Actor, promoter_slug: str, here: str) -> ShellLink:
    """The link of one page; the pages that share its name's first part (`parks-list`, `parks-page`) count as it."""
    return ShellLink(
        item.label,
        address_of(item, promoter_slug),
        item.waiting(actor),
        here.split("-")[0] == item.url_name.split("-")[0],
    )


def way_steps(
    way: Iterable[Mapping[str, Any]], *, actor: Actor, promoter_slug: str, here: str, verb: str
) -> list[ShellLink]:
    """The seven steps: each leads to its first page, counts all that waits, and is current by `verb` or by page."""
    steps = []
    for step in way:
        links = [link_of(i, actor=actor, promoter_slug=promoter_slug, here=here) for i in step["items"]]
        current = step["verb"] == verb if verb else any(link.current for link in links)
        first = next((link.url for link in links if link.url), "")
        steps.append(ShellLink(step["label"], first, sum(link.waiting for link in links), current))
    return steps


def way_tabs(
    way: Iterable[Mapping[str, Any]], *, actor: Actor, promoter_slug: str, here: str, verb: str
) -> list[ShellLink]:
    """The pages under the current step, where it has several; none on a page of no step, or of a step of one page."""
    for step in way:
        links = [link_of(i, actor=actor, promoter_slug=promoter_slug, here=here) for i in step["items"]]
        if step["verb"] == verb if verb else any(link.current for link in links):
            return links if len(links) > 1 else []
    return []


def language_choices(request: HttpRequest) -> list[LanguageChoice]:
    """The languages in which this page can be read, each with its address in it: the interface's, and on a guest's page
    those of guests (`core.clients.speak`).
    """
    codes = getattr(request, "languages_offered", None) or [code for code, _name in settings.LANGUAGES]
    here = request.get_full_path()
    # Without a language in it an address is the same in all of them: nothing is looked up for a desk's.
    has_language = request.path_info.split("/")[1] in dict(settings.GUEST_LANGUAGES)
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    choices = []
    for code in codes:
        elsewhere = translate_url(here, code) if has_language else here
        url = elsewhere if elsewhere != here or here.startswith(f"/{code}/") else ""
        info = get_language_info(code)
        choices.append(LanguageChoice(code, code.upper(), str(info["name_local"]), url, code == active))
    return choices
