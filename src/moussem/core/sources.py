"""The sources of one page: every citation gets one number, in the order in which it is first met.

The register lives as long as the page: on the request where there is one, else in the outermost layer of the
template's context, so that includes and inherited blocks share it.
"""

from typing import Any

from django.template import Context

from moussem.core.components import SourceMark

_KEY = "_moussem_sources"


class SourceRegister:
    """Numbers the sources of a page from 1; the same key keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._marks: list[SourceMark] = []

    def number(self, mark: SourceMark) -> int:
        """The number of a source on this page, given at its first mention."""
        if mark.key not in self._numbers:
            self._marks.append(mark)
            self._numbers[mark.key] = len(self._marks)
        return self._numbers[mark.key]

    def numbered(self) -> list[tuple[int, SourceMark]]:
        """All sources met so far, in the order of their numbers."""
        return list(enumerate(self._marks, start=1))


def register_of(context: Context) -> SourceRegister:
    """The register of the page that `context` renders, created at its first use."""
    request: Any = getattr(context, "request", None) or context.get("request")
    if request is not None:
        register = getattr(request, _KEY, None)
        if register is None:
            register = SourceRegister()
            setattr(request, _KEY, register)
        return register
    outermost = context.dicts[0]
    return outermost.setdefault(_KEY, SourceRegister())
