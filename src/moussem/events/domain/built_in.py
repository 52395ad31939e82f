"""The ready-made templates, one for each kind of gathering: the package's own data, offered to every promoter."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from moussem.events.domain.outlines import TemplateFacts, outline_of
from moussem.events.enums import EventKind, Letter


@cache
def ready_made() -> Mapping[EventKind, TemplateFacts]:
    """The ready-made template of each kind of gathering that has one, in the order of the kinds."""
    source = files("moussem.events") / "ready_made"
    shared = tomllib.loads((source / "letters.toml").read_text())
    found = {}
    for kind in EventKind:
        text = source / f"{kind.value}.toml"
        if text.is_file():
            stored = _with_shared(tomllib.loads(text.read_text()), shared)
            found[kind] = TemplateFacts(stored["name"], kind, outline_of(stored))
    return found


def _with_shared(stored: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """A template whose letters are the shared ones where it has none of its own."""
    own = stored.get("letters", {})
    return {**stored, "letters": {letter: own.get(letter, shared[letter]) for letter in Letter.values}}
