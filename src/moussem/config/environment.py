"""Reading `MOUSSEM_*` from the environment; a wrong value stops the start and says which."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"", "0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """The variable `MOUSSEM_<name>`, or the default."""
    return os.environ.get(f"MOUSSEM_{name}", default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; anything else stops the start."""
    said = text(name, "1" if default else "0").strip().lower()
    if said in TRUE:
        return True
    if said in FALSE:
        return False
    raise ImproperlyConfigured(f"MOUSSEM_{name} must be yes or no, not {said!r}")


def number(name: str, default: int) -> int:
    """A whole number; anything else stops the start."""
    said = text(name, str(default))
    try:
        return int(said)
    except ValueError:
        raise ImproperlyConfigured(f"MOUSSEM_{name} must be a whole number, not {said!r}") from None


def kept_secret(name: str, folder: Path) -> str:
    """`MOUSSEM_<name>`, else the secret kept in `folder` (made once, readable by its owner only)."""
    if said := text(name):
        return said
    path = folder / f"{name.lower()}.secret"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
