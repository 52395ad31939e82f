"""The event's own words in its mails. Fields are put in by name, once: the words of a person are never a template."""

import re
from collections.abc import Mapping

from moussem.events.domain.outlines import OwnWords

FIELDS = ("guest", "promoter", "event", "when", "place")
"""What a mail's words may name in braces."""
_FIELD = re.compile(r"\{([^{}\n]*)\}")


def unknown_fields(text: str) -> list[str]:
    """The names in braces that no mail knows."""
    return [name for name in _FIELD.findall(text) if name not in FIELDS]


def words_in(letters: OwnWords, letter: str, language: str) -> Mapping[str, str]:
    """The event's own subject and opening of a letter in a language; empty where the house's words stand."""
    return letters.get(letter, {}).get(language, {})


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """The words with their fields put in; what a value holds is not read again, and an unknown field stays."""
    return _FIELD.sub(lambda found: values[found[1]] if found[1] in FIELDS else found[0], text)
