"""Names that reach upward without an import: models, modules, addresses and templates given as strings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.rules.tree import Fault, Source, is_above, python_sources, template_sources

MODEL = re.compile(r"^([a-z_]+)\.[A-Z]\w*$")
MODULE = re.compile(r"^moussem\.([a-z_]+)(\.|$)")
ADDRESS = re.compile(r"^([a-z_]+):[a-z][\w-]*(:[\w-]+)*$")
TEMPLATE = re.compile(r"^([a-z_]+)/.+\.(html|txt|xml|ics)$")
STRINGS = (
    (MODEL, "names the model {0} of a higher app as a string"),
    (MODULE, "names the module {0} of a higher app as a string"),
    (ADDRESS, "names the address {0} of a higher app"),
    (TEMPLATE, "names the template {0} of a higher app"),
)
URL_TAG = re.compile(r"""{%\s*url\s+['"]([a-z_]+):[^'"]*['"]""")
FILE_TAG = re.compile(r"""{%\s*(?:include|extends)\s+['"]([a-z_]+)/[^'"]*['"]""")
LOAD_TAG = re.compile(r"{%\s*load\s+([^%]*?)%}")


def strings_upward(root: Path) -> list[Fault]:
    """A string of a lower app that names a model, module, address or template of a higher one."""
    return [fault for source in python_sources(root) for fault in _strings(source)]


def _strings(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.syntax()):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for pattern, sentence in STRINGS:
                match = pattern.match(node.value)
                if match and is_above(match[1], source.app):
                    yield source.fault(node.lineno, sentence.format(node.value))


def templates_upward(root: Path) -> list[Fault]:
    """A template that links to, includes, extends or loads tags of a higher app."""
    tags = {path.stem: path.relative_to(root).parts[0] for path in sorted(root.glob("*/templatetags/*.py"))}
    return [fault for source in template_sources(root) for fault in _tags(source, tags)]


def _tags(source: Source, libraries: dict[str, str]) -> Iterator[Fault]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        named = [("links to", name) for name in URL_TAG.findall(line)]
        named += [("takes a template of", name) for name in FILE_TAG.findall(line)]
        named += [
            ("loads tags of", libraries.get(library, "")) for tag in LOAD_TAG.findall(line) for library in tag.split()
        ]
        for what, name in named:
            if is_above(name, source.app):
                yield source.fault(number, f"{what} the higher app {name}")
