"""Texts that the public reads: one JSON object per text, keyed by language."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

Texts = Mapping[str, str]


def say(texts: Texts | None, language: str | None = None) -> str:
    """The text in `language` (the active one if None), else French, else English, else any; "" where there is none."""
    if not texts:
        return ""
    wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    for code in (wanted, "fr", "en"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def language_said(texts: Texts | None, language: str | None = None) -> str:
    """The language code of what `say` answers, for the `lang` attribute; "" where there is no text."""
    said = say(texts, language)
    return next((code for code, text in (texts or {}).items() if text == said), "") if said else ""
