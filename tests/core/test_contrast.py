"""The ratios written beside the colours are the measured ones, and none is too low for its use (WCAG 2.x)."""

import re
from pathlib import Path

import pytest

from moussem.core import icons

TOKENS = (Path(icons.__file__).parent / "static/core/tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split('[data-theme="dark"] {')
DARK = DARK.split("@media")[0]
LINE = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});\s*/\*(.*?)\*/")
RATIO = re.compile(r"([\d.]+) on ([a-z-]+\d?)")
DECORATION = ("decoration", "(ground)", "edge", "everything")
GRAPHICS = ("graphics", "borders", "wanted")


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs(theme):
    colours = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", theme))
    for name, colour, comment in LINE.findall(theme):
        for said, ground in RATIO.findall(comment):
            yield name, comment, float(said), ratio(colour, colours[ground])


def needed(name, comment):
    if any(word in comment for word in DECORATION) or name == "chart-rest":
        return 0
    graphics = any(word in comment for word in GRAPHICS) or name.startswith(("focus", "chart"))
    return 3 if graphics else 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ratios_beside_the_colours_are_true_and_high_enough(theme):
    found = list(pairs(theme))

    assert len(found) > 40
    assert [(name, said, round(real, 2)) for name, _, said, real in found if abs(said - real) > 0.06] == []
    assert [(name, round(real, 2)) for name, comment, _, real in found if real < needed(name, comment)] == []


def test_a_pale_grey_text_would_be_found():
    assert ratio("#999999", "#ffffff") < needed("ink-3", "2.8 on surface")
