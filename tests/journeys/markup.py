"""A page as a tree, read strictly: what a browser would mend in silence is kept as a fault."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "label", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "svg", "time", "u", "use",
))  # fmt: skip
NOT_IN_A_PARAGRAPH = frozenset((
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
))  # fmt: skip


class Element:
    """One element: its tag, attributes, and its elements and texts in order."""

    def __init__(self, tag, attributes, parent=None):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []

    def __getitem__(self, name):
        """An attribute, "" where it is not there."""
        return self.attributes.get(name) or ""

    @property
    def classes(self):
        return self["class"].split()

    def within(self):
        """The element and every one around it, from the inside out."""
        element = self
        while element is not None:
            yield element
            element = element.parent

    def elements(self, *tags) -> Iterator["Element"]:
        """Every element inside, in the order of the page; only those of `tags`, where some are given."""
        left = self._children()
        while left:
            element = left.pop()
            if not tags or element.tag in tags:
                yield element
            if element.children:
                left += element._children()

    def _children(self):
        """Its elements, the first one last."""
        return [child for child in reversed(self.children) if isinstance(child, Element)]

    def texts(self) -> Iterator[tuple["Element", str]]:
        """Every text inside with the element that holds it."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.texts()
            else:
                yield self, child

    @property
    def text(self):
        return " ".join("".join(words for _, words in self.texts()).split())


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open, self.faults = self.root, []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in {n for n in names if names.count(n) > 1}]
        if tag in NOT_IN_A_PARAGRAPH and any(around.tag == "p" for around in self.open.within()):
            self.faults.append(f"<{tag}> stands in a <p>")
        element = Element(tag, dict(attrs), self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open = self.open.parent

    def handle_endtag(self, tag):
        if self.open.tag == tag:
            self.open = self.open.parent
            return
        self.faults.append(f"</{tag}> ends a <{self.open.tag}>")
        for around in self.open.within():
            if around.tag == tag:
                self.open = around.parent
                return

    def handle_data(self, data):
        self.open.children.append(data)


def read(markup: str) -> tuple[Element, list[str]]:
    """The tree of a page, and what is wrong with how its tags stand."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    unclosed = [f"<{element.tag}> is never closed" for element in reader.open.within() if element.tag]
    return reader.root, reader.faults + unclosed
