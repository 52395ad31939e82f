"""Templates and addresses: nothing inline, nothing unescaped, nothing numeric outside."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.rules.tree import Fault, Source, dotted, python_sources, template_sources

INLINE = (
    (re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE), "has an inline script"),
    (re.compile(r"<style[\s>]", re.IGNORECASE), "has an inline style sheet"),
    (re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE), "has a style attribute"),
    (re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE), "has an event attribute"),
    (re.compile(r"""(?:href|action|src)\s*=\s*["']?\s*javascript:""", re.IGNORECASE), "has a javascript: address"),
    (re.compile(r"\|\s*safe(?:seq)?\b"), "prints unescaped text"),
    (re.compile(r"{%\s*autoescape\s+off"), "turns escaping off"),
    (re.compile(r"{[{%][^}]*\.pk\b"), "prints an inner key"),
    (re.compile(r"{%\s*block title\s*%}(?:(?!{%\s*endblock).)*{%\s*say\b"), "marks a language in a title"),
    (re.compile(r'="[^"]*{%\s*say\b'), "marks a language in an attribute"),
)
NUMERIC = re.compile(r"<int:(\w+)>|\(\?P<(\w+)>(?:\\d|\[0-9\])")
COUNTED = {"year", "month", "day"}


def inline_or_unescaped(root: Path) -> list[Fault]:
    """A template with inline script or style, text printed unescaped, or an inner key."""
    return [f for s in template_sources(root) if s.path.suffix in {".html", ".svg"} for f in _inline(s)]


def _inline(source: Source) -> Iterator[Fault]:
    text = source.text
    for pattern, sentence in INLINE:
        for match in pattern.finditer(text):
            yield source.fault(text.count("\n", 0, match.start()) + 1, sentence)


def numeric_addresses(root: Path) -> list[Fault]:
    """A URL pattern that takes a number for a key; outside, everything goes by `public_id` or a slug."""
    return [fault for source in python_sources(root) for fault in _addresses(source)]


def _addresses(source: Source) -> Iterator[Fault]:
    for node in ast.walk(source.syntax()):
        called = dotted(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if called in {"path", "re_path"} or called in {"get", "post", "put", "patch", "delete"}:
            yield from _numbers(source, node)


def _numbers(source: Source, call: ast.AST) -> Iterator[Fault]:
    for node in ast.walk(call):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for match in NUMERIC.finditer(node.value):
                if (match[1] or match[2]) not in COUNTED:
                    yield source.fault(node.lineno, f"the address {node.value} takes a number for a key")
