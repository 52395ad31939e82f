"""From a payload to the fields that changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, as text; "" where it was or became nothing."""

    name: str
    before: str
    after: str


def changes_of(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Change, ...]:
    """The fields of a payload that differ, by name; None on one side: there was, or is, nothing."""
    was, becomes = before or {}, after or {}
    names = sorted({*was, *becomes})
    return tuple(
        Change(name, _said(was.get(name)), _said(becomes.get(name)))
        for name in names
        if was.get(name) != becomes.get(name)
    )


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
