"""A person before the product: reads labels, clicks what can be seen, and counts the clicks."""

from playwright.sync_api import Locator, Page, expect

ROLES = ("link", "button", "radio", "checkbox")


class Walker:
    """Somebody with a window of one width in one language, who knows nothing but the words on the page.

    `words` gives, for each thing to press or to fill, its label in the language of the window. `clicks` counts every
    press, choice and tick; typing is not a click. `called` tells this walker's guests and firms from another's in the
    same playground.
    """

    def __init__(self, page: Page, language: str, words: dict[str, dict[str, str]], *, called: str) -> None:
        """Nothing was clicked yet."""
        self.page, self.language, self.words, self.called, self.clicks = page, language, words, called, 0
        self.people = tuple(f"{name} {called} (exemple)" for name in ("Ada", "Badr", "Chama"))
        self.firms = tuple(f"Société {name} {called} (exemple)" for name in ("Une", "Deux", "Trois"))

    def said(self, key: str, **named: str) -> str:
        """The label in the walker's language."""
        return self.words[key][self.language].format(**named)

    def press(self, key: str, **named: str) -> None:
        """Click the link or button with exactly this label, the last one where the page repeats it."""
        self.press_label(self.said(key, **named))

    def press_label(self, label: str) -> None:
        """Click the link, button, radio or tick box of this name that can be seen."""
        found = self._seen(label)
        found.scroll_into_view_if_needed()
        found.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def _seen(self, label: str) -> Locator:
        main = self.page.locator("main")
        for part in (main, self.page.locator("body")):
            for role in ROLES:
                named = part.get_by_role(role, name=label, exact=True).filter(visible=True)
                if named.count():
                    return named.first
        raise AssertionError(f"{label!r} cannot be seen on {self.page.url}:\n{main.inner_text()[:3000]}")

    def verb(self, key: str) -> None:
        """Open one of the seven verbs; on a phone behind its menu, where a number may stand beside the word."""
        menu = self.page.locator(".m-way summary, summary.m-way-open").filter(visible=True)
        if menu.count():
            menu.first.click()
            self.clicks += 1
        name = self.said(key)
        self.page.get_by_role("navigation").get_by_role("link", name=name).filter(visible=True).first.click()
        self.page.wait_for_load_state()
        self.clicks += 1

    def fill(self, key: str, value: str) -> None:
        """Type into the field of this label."""
        self.page.locator("main").get_by_label(self.said(key)).filter(visible=True).first.fill(value)

    def choose(self, key: str, option: str) -> None:
        """Take the option that begins so from the field of this label; opening and taking are one move, one click."""
        field = self.page.locator("main").get_by_label(self.said(key)).filter(visible=True).first
        wanted = next(o for o in field.locator("option").all_inner_texts() if o.strip().startswith(option))
        field.select_option(label=wanted)
        self.clicks += 1

    def sees(self, words: str) -> None:
        """The page shows these words."""
        expect(self.page.locator("main")).to_contain_text(words)

    def speak(self) -> None:
        """Switch a page that speaks another language, as one addressed to a guest may, to the walker's own."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.page.get_by_role("navigation").get_by_role("button", name=self.language.upper()).first.click()
            self.page.wait_for_load_state()
            self.clicks += 1
