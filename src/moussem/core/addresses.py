"""Addresses of public pages in the reader's language, for rooms that may not know a URL table."""

from typing import Protocol

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.translation import get_language

from moussem.core.actor import Actor


class Ownable(Protocol):
    """A row of a promoter that may be published."""

    @property
    def is_published(self) -> bool:
        """Whether the public sees it."""

    @property
    def promoter_id(self) -> int:
        """Whose it is."""


def address_for(actor: Actor, relative: str, row: Ownable) -> str:
    """Where the actor reads a row whose public page is `relative`: there, or while it is closed at its own desk.

    "" where neither opens for them: a link never leads nowhere.
    """
    if row.is_published:
        return public_address(relative)
    if not (relative and actor.promoter_slug and actor.within(row.promoter_id)):
        return ""
    at_desk = f"{get_script_prefix()}p/{actor.promoter_slug}/{relative}"
    try:
        resolve(at_desk)
    except Resolver404:
        return ""
    return at_desk


def public_address(relative: str) -> str:
    """The address of a public page ("organisations/<id>/") below the prefix of the active language; "" stays ""."""
    if not relative or relative.startswith(("/", "http:", "https:")):
        return relative
    code = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    known = {language for language, _ in settings.LANGUAGES}
    return f"{get_script_prefix()}{code if code in known else settings.LANGUAGE_CODE}/{relative}"
