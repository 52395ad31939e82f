"""Draw `sprite.svg`: the marks of the house and the few lucide icons in use, each as one symbol.

Usage: `python tools/sprite.py FOLDER`, FOLDER being an unpacked `lucide-static` (ISC licence).
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from moussem.core.icons import ICONS  # noqa: E402

TARGET = ROOT / "src/moussem/core/static/core/sprite.svg"
STAR = (
    "M15.6 8L13.37 10.23V13.37H10.23L8 15.6L5.77 13.37H2.63V10.23L.4 8L2.63 5.77V2.63H5.77L8 .4L10.23 2.63H13.37V5.77Z"
)
LARGE_STAR = (
    "M23 12L19.78 15.22V19.78H15.22L12 23L8.78 19.78H4.22V15.22L1 12L4.22 8.78V4.22H8.78L12 1L15.22 4.22H19.78V8.78Z"
)
LINE = 'fill="none" stroke="currentColor" stroke-width="1.6"'
OWN = {
    "k-planned": (16, f'<circle cx="8" cy="8" r="5.9" {LINE} stroke-dasharray="2.5 2.13"/>'),
    "k-announced": (16, f'<rect x="2.5" y="2.5" width="11" height="11" {LINE} stroke-dasharray="2.6 1.8"/>'),
    "k-contracted": (
        16,
        f'<path d="M2.5 2.5h11v11h-11z" {LINE}/><path d="M2.5 13.5v-11l11 11z" fill="currentColor"/>',
    ),
    "k-reported": (16, f'<path d="M2 2.6h12v8.2H8.4L5 14v-3.2H2z" {LINE} stroke-linejoin="round"/>'),
    "k-declared": (16, f'<path d="{STAR}" fill="none" stroke="currentColor" stroke-width="1.5"/>'),
    "k-verified": (
        16,
        f'<path fill-rule="evenodd" d="{STAR}M6.9 11.4L12 6.1L10.9 5L6.9 9.2L5.2 7.5L4.1 8.6Z" fill="currentColor"/>',
    ),
    "k-observed": (
        16,
        f'<circle cx="8" cy="8" r="6" {LINE}/><circle cx="8" cy="8" r="2.4" fill="currentColor"/>',
    ),
    "star": (24, f'<path d="{LARGE_STAR}"/>'),
    "knot": (16, '<path d="M8 3L13 8L8 13L3 8Z"/>'),
    "mark": (
        24,
        f'<path d="{LARGE_STAR}" fill="none" stroke="#fff" stroke-width="1.6"/>'
        '<path d="M12 8.4L15.6 12L12 15.6L8.4 12Z" fill="#dd9a26"/>',
    ),
}


def symbol(name: str, size: int, inside: str) -> str:
    """One symbol of the sprite."""
    return f'<symbol id="{name}" viewBox="0 0 {size} {size}">{inside}</symbol>'


def lucide(folder: Path, name: str) -> str:
    """The strokes of one lucide icon, without its frame."""
    drawn = (folder / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    inside = re.sub(r"<!--.*?-->", "", drawn, flags=re.DOTALL)
    inside = inside[inside.index(">", inside.index("<svg")) + 1 : inside.index("</svg>")]
    return re.sub(r"\s+", " ", inside).strip()


def main(folder: Path) -> None:
    """Write the sprite from the icons in `folder`."""
    symbols = [symbol(name, size, inside) for name, (size, inside) in OWN.items()]
    symbols += [symbol(f"i-{name}", 24, lucide(folder, name)) for name in sorted(ICONS)]
    body = "\n".join(symbols)
    TARGET.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
