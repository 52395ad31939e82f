"""Photograph the demonstration: each page at both widths and in both languages, and the ones the documentation shows.

Usage: `python tools/screenshots.py [FOLDER]` (build/screenshots by default). Starts the product on a free port with a
folder of its own and stops it. Of the pages named in `SHOWN` the upper part is also written to docs/screenshots/.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.pages import one_of_each_kind, sign_in  # noqa: E402
from tools.product import demonstration  # noqa: E402

WIDTHS = (375, 1280)
SHOWN = {"/fr/": "first-page.png"}
SHOWN_SIZE: FloatRect = {"x": 0, "y": 0, "width": 1280, "height": 1480}


def name_of(path: str) -> str:
    """A file's name for an address."""
    return path.strip("/").replace("/", "-").replace("?", "-") or "first"


def photograph(page: Page, address: str, path: str, folder: Path) -> None:
    """Take one page at both widths, whole."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        target = folder / f"{name_of(path)}-{width}.png"
        page.screenshot(path=target, full_page=True)
        print(target.relative_to(ROOT) if target.is_relative_to(ROOT) else target)
    if path in SHOWN:
        page.screenshot(path=ROOT / "docs" / "screenshots" / SHOWN[path], full_page=True, clip=SHOWN_SIZE)


def take_all(browser: Browser, address: str, folder: Path) -> None:
    """The public pages as anybody sees them, then a desk's."""
    page = browser.new_page()
    for path in one_of_each_kind(page, address, ["/fr/", "/en/"]):
        photograph(page, address, path, folder)
    desk = sign_in(browser.new_page(), address)
    for path in one_of_each_kind(desk, address, [desk.url.removeprefix(address)], under="/p/"):
        photograph(desk, address, path, folder)


def main(folder: Path) -> None:
    """Start the product, take the pictures, copy the ones that are shown."""
    folder.mkdir(parents=True, exist_ok=True)
    (ROOT / "docs" / "screenshots").mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        take_all(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "screenshots")
