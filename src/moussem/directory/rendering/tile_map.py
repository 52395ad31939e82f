"""Maps of tiles: one tile for each region of a country, all of one size, about where the region lies.

The arrangement is ours and shows no border; whoever cannot see it reads the table beside it. Sizes are in units of the
drawing, which fits a narrow telephone at its own size.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 30
HEIGHT: Final = 34
GAP: Final = 3

_MOROCCO: Final = """
.   .   TTA .
.   RSK FM  ORI
CS  BMK DT  .
MS  SM  .   .
GON .   .   .
LSH .   .   .
DOD .   .   .
"""
_CODES: Final = {
    "TTA": "MA-01", "ORI": "MA-02", "FM": "MA-03", "RSK": "MA-04", "BMK": "MA-05", "CS": "MA-06",
    "MS": "MA-07", "DT": "MA-08", "SM": "MA-09", "GON": "MA-10", "LSH": "MA-11", "DOD": "MA-12",
}  # fmt: skip
"""The regions of Morocco: our short sign -> ISO 3166-2."""
_UNITED_STATES: Final = """
AK .  .  .  .  .  .  .  .  .  ME
.  .  .  .  .  .  .  .  .  VT NH
WA MT ND MN WI MI .  .  NY MA RI
OR ID SD IA IL IN OH PA NJ CT .
CA NV WY NE MO KY WV MD DE .  .
.  UT CO KS TN VA DC .  .  .  .
.  AZ NM OK AR NC SC .  .  .  .
HI .  TX LA MS AL GA .  .  .  .
.  .  .  .  .  .  FL .  .  .  .
"""
"""The fifty states and the District of Columbia by the letters of the post, which are those of ISO 3166-2."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One region: its code (ISO 3166-2), its short sign, and the upper left corner of its tile."""

    code: str
    sign: str
    x: int
    y: int
    count: int | None = None
    """How many are counted there; None: nothing is stated of it."""

    @property
    def middle(self) -> int:
        """Where its words stand, across."""
        return self.x + WIDTH // 2

    @property
    def sign_at(self) -> int:
        """The line of the sign."""
        return self.y + 13

    @property
    def count_at(self) -> int:
        """The line of the count."""
        return self.y + 28


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles of one country (ISO 3166-1), and the size of the whole."""

    country: str
    tiles: tuple[Tile, ...]
    width: int
    height: int
    tile_width: int = WIDTH
    tile_height: int = HEIGHT

    @property
    def known(self) -> int:
        """Of how many regions something is counted."""
        return sum(1 for tile in self.tiles if tile.count)


def _laid_out(rows: str, codes: Mapping[str, str] | None = None) -> tuple[Tile, ...]:
    placed = []
    for line, words in enumerate(rows.strip().splitlines()):
        for column, sign in enumerate(words.split()):
            if sign != ".":
                code = codes[sign] if codes else f"US-{sign}"
                placed.append(Tile(code, sign, column * (WIDTH + GAP), line * (HEIGHT + GAP)))
    return tuple(placed)


LAYOUTS: Final[Mapping[str, tuple[Tile, ...]]] = {
    "MA": _laid_out(_MOROCCO, _CODES),
    "US": _laid_out(_UNITED_STATES),
}
"""The countries that have a map."""


def tile_map(country: str, counts: Mapping[str, int]) -> TileMap:
    """The map of a country of `LAYOUTS` with how many are counted in each region (by code)."""
    tiles = tuple(
        Tile(tile.code, tile.sign, tile.x, tile.y, counts.get(tile.code) or None) for tile in LAYOUTS[country]
    )
    width = max(tile.x for tile in tiles) + WIDTH
    return TileMap(country, tiles, width, max(tile.y for tile in tiles) + HEIGHT)
