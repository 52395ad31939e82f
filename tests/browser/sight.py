"""What a person or a screen reader meets on an opened page, asked in one word each."""

from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# Faults alone, and nothing that axe would fetch for rules that are not asked.
AXE_RUN = """rules => axe.run(document, {
    runOnly: {type: 'tag', values: rules}, resultTypes: ['violations'], preload: false})"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Sight:
    """A page in Chromium with all it said on its console since its address was opened."""

    def __init__(self, page):
        self.page, self.answer, self.complaints = page, None, []
        self.size = page.viewport_size
        page.on("console", lambda said: self._keep(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def at(self, address):
        """The same window at an address, as wide as it was in the beginning."""
        self.complaints = []
        if self.page.viewport_size != self.size:
            self.page.set_viewport_size(self.size)
        self.answer = self.page.goto(address)
        return self

    def _keep(self, kind, text):
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def overhang(self):
        """How many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def barriers(self):
        """What axe finds, as rule and place; axe is injected over the debugging protocol, past the page's policy."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(AXE_RUN, RULES)
        return [(v["id"], node["target"]) for v in found["violations"] for node in v["nodes"]]

    def press(self, *keys):
        """Press keys one after the other and answer what has the focus then: its class, address and outline."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return {css: e.className, id: e.id, href: e.getAttribute('href'),"
            " outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,"
            " top: e.getBoundingClientRect().top}; }"
        )

    def shows(self, selector):
        """Whether the first element of `selector` can be seen."""
        return self.page.locator(selector).first.is_visible()
