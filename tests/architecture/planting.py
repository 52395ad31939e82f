"""Small trees in which one fault is planted."""

from pathlib import Path
from textwrap import dedent


def plant(root: Path, files: dict[str, str]) -> Path:
    """Write `files` (path below the package -> text) under `root/moussem`, each folder a package; answer that one."""
    house = root / "moussem"
    for name, text in files.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        if path.suffix == ".py":
            for folder in [path.parent, *path.parent.parents]:
                if folder == root:
                    break
                (folder / "__init__.py").touch()
    return house
