"""Texts of several languages as a form takes them: in the one that is spoken now."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import get_language

from moussem.core.texts import say


def own_words(text: str) -> dict[str, str]:
    """A text of one language: the one that is spoken now."""
    return {(get_language() or settings.LANGUAGE_CODE).split("-")[0]: text}


def changed_words(texts: Mapping[str, str], text: str) -> dict[str, str]:
    """A text of several languages in which the words shown to this reader were corrected to `text`."""
    if say(texts) == text:
        return dict(texts)
    return {**{code: said for code, said in texts.items() if said != say(texts)}, **own_words(text)}


def known_words(known: Iterable[Mapping[str, str]], texts: Mapping[str, str]) -> dict[str, str]:
    """The known text that reads the same in the language spoken now, with its other languages; else `texts`."""
    return dict(next((old for old in known if say(old) == say(texts)), texts))
