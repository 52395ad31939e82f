"""Addresses of public pages in the reader's language, for rooms that may not know a URL table."""

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language


def public_address(relative: str) -> str:
    """The address of a public page ("organisations/<id>/") below the prefix of the active language; "" stays ""."""
    if not relative or relative.startswith(("/", "http:", "https:")):
        return relative
    code = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    known = {language for language, _ in settings.LANGUAGES}
    return f"{get_script_prefix()}{code if code in known else settings.LANGUAGE_CODE}/{relative}"
