"""Libraries that the product can do without: one that is missing, or cannot be loaded on this machine, switches its
feature off with a sentence, and never keeps the product from starting.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Library:
    """A library by its module; `feature` is what people call that which does not work without it (its
    name), `advice` tells who runs the installation how to bring it back.
    """

    module: str
    feature: Promise
    advice: str

    @property
    def fault(self) -> str:
        """Why it cannot be loaded, in the system's own words; "" where it is there."""
        return _fault(self.module)

    @property
    def sentence(self) -> str:
        """What the feature's page says, in the language of the moment; "" where the library is there."""
        if not self.fault:
            return ""
        words = _("%(feature)s: switched off on this installation, since a library is missing. Tell whoever runs it.")
        return words % {"feature": self.feature}

    def load(self) -> Any:
        """The module; raises `LibraryMissing`."""
        if self.fault:
            raise LibraryMissing(f"{self.module}: {self.fault}")
        return import_module(self.module)


class LibraryMissing(RuntimeError):
    """A feature was asked for whose library is missing, or cannot be loaded."""


_known: dict[str, Library] = {}


def optional(module: str, *, feature: Promise, advice: str) -> Library:
    """Register a library that one feature needs and the start does not; `moussem check` names it where it lacks."""
    return _known.setdefault(module, Library(module, feature, advice))


def missing_libraries() -> list[Library]:
    """Those that cannot be loaded here, by name."""
    return [_known[name] for name in sorted(_known) if _known[name].fault]


@cache
def _fault(module: str) -> str:
    try:
        import_module(module)
    except (ImportError, OSError) as error:  # an OSError where a shared library of the system cannot be opened
        return str(error) or type(error).__name__
    return ""
