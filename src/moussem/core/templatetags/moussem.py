"""The components as template tags: `{% load moussem %}`. They take the plain values of `core.components`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.forms import BoundField
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from moussem.core import components, formats, shell
from moussem.core.actor import ANONYMOUS
from moussem.core.icons import ICONS
from moussem.core.panels import panels_for
from moussem.core.sources import register_of
from moussem.core.texts import language_said
from moussem.core.texts import say as say_texts

register = template.Library()
NOTHING = mark_safe("")


def _use(symbol: str, css: str = "") -> SafeString:
    return _drawn(symbol, css, _sprite(settings.STORAGES["staticfiles"]["BACKEND"], settings.STATIC_URL))


@lru_cache(maxsize=4)
def _sprite(storage: str, root: str) -> str:
    """The sprite's address, asked once of the storage of static files that is named; a page has hundreds of icons."""
    return static("core/sprite.svg")


@lru_cache(maxsize=256)
def _drawn(symbol: str, css: str, sprite: str) -> SafeString:
    attribute = format_html(' class="{}"', css) if css else NOTHING
    markup = '<svg{} aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'
    return format_html(markup, attribute, sprite, symbol)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, silent for a screen reader: the word beside it speaks. An unknown name is an
    error.
    """
    if name not in ICONS:
        raise TemplateSyntaxError(f"no icon named {name!r} in the sprite")
    return _use(f"i-{name}", f"m-icon {css}".strip())


@register.simple_tag
def star(css: str = "m-star") -> SafeString:
    """The eight-pointed star: the mark of the house and the knot of the current step."""
    return _use("star", css)


@register.simple_tag
def knot() -> SafeString:
    """The small diamond of a step on the way."""
    return _use("knot")


@register.simple_tag
def house_mark() -> SafeString:
    """The mark of the house for the bar."""
    return _use("mark")


@register.simple_tag
def kind(name: str) -> SafeString:
    """The boxed word of a kind of figure; its meaning is told to whoever points at it."""
    return _kind_box(name, get_language() or "", _use(f"k-{name}"))


@lru_cache(maxsize=64)
def _kind_box(name: str, language: str, drawn: SafeString) -> SafeString:
    markup = '<span class="m-kind m-kind-{}" title="{}">{}{}</span>'
    return format_html(markup, name, formats.kind_meaning(name, language), drawn, formats.kind_word(name, language))


STATES = {
    "yes": "check",
    "no": "x",
    "wait": "clock",
    "kept": "check",
    "slipped": "clock",
    "open": "minus",
    "silent": "circle-help",
    "doubt": "scale",
}


@register.simple_tag
def state(name: str, word: str) -> SafeString:
    """How a thing or a promise stands: an icon and a word, never a box. `name` is one of `STATES`."""
    return format_html('<span class="m-state m-state-{}">{}{}</span>', name, icon(STATES[name]), word)


@register.simple_tag
def not_stated() -> SafeString:
    """What stands where no source states anything; never a dash, never a zero."""
    return format_html('<span class="m-none">{}</span>', formats.not_stated())


@register.simple_tag
def number(value: Decimal | int | None) -> SafeString | str:
    """A number as the reader writes it, or "not stated"."""
    return not_stated() if value is None else formats.number(value)


@register.simple_tag
def period(value: formats.Dated | None) -> SafeString | str:
    """A period as finely as it is stated, or "not stated"."""
    return not_stated() if value is None else formats.period(value)


@register.simple_tag
def horizon(value: formats.Dated | None) -> str:
    """For when a promise is made ("à terme", "pour 2013"); empty where there is no promise."""
    return formats.horizon(value)


@register.simple_tag
def percent(value: Decimal | int) -> str:
    """A share that is already in percent."""
    return formats.percent(value)


@register.simple_tag
def say(texts: Mapping[str, str] | None) -> SafeString | str:
    """A text kept in several languages; marked with its language where that is not the page's own."""
    said = say_texts(texts)
    language = language_said(texts)
    if not said or not language or (get_language() or "").split("-")[0] == language:
        return said
    return format_html('<span lang="{}">{}</span>', language, said)


@register.filter
def said(texts: Mapping[str, str] | None) -> str:
    """A text kept in several languages as plain words, for titles and attributes, which hold no marks."""
    return say_texts(texts)


@register.simple_tag(takes_context=True)
def source(context: Context, mark: components.SourceMark) -> SafeString:
    """The numbered mark of a source: opens its quote, or (in a browser without popovers) leads to the list
    of sources.
    """
    n = register_of(context).number(mark)
    said = gettext("Source %(number)s: %(title)s") % {
        "number": n,
        "title": mark.publisher or mark.title or formats.not_stated(),
    }
    return format_html(
        '<button type="button" class="m-src" popovertarget="quote-{0}" aria-label="{1}">{0}</button>'
        '<a class="m-src m-src-link" href="#source-{0}" aria-label="{1}">{0}</a>',
        n,
        said,
    )


@register.simple_tag(takes_context=True)
def sources_of(context: Context, marks: Iterable[components.SourceMark]) -> SafeString:
    """The marks of several sources, one after the other."""
    return mark_safe("".join(source(context, mark) for mark in marks))


@register.simple_tag(takes_context=True)
def sources(context: Context, on_paper_only: bool = False) -> SafeString:
    """The quotes of all marks above, and their numbered list. Base templates call it once, after the
    content.
    """
    numbered = register_of(context).numbered()
    if not numbered:
        return NOTHING
    return mark_safe(
        render_to_string("core/pieces/sources.html", {"numbered": numbered, "on_paper_only": on_paper_only})
    )


@register.simple_tag
def hours(begins: datetime, ends: datetime | None, zone: str) -> str:
    """From one hour to another by the clock on the wall of a zone; an end at midnight is said by its word."""
    wall = ZoneInfo(zone)
    return formats.hours(begins.astimezone(wall), ends.astimezone(wall) if ends else None)


@register.filter(expects_localtime=True)
def until(value: datetime | None) -> str:
    """Until when something lasts; at midnight the day that is over then, with the word."""
    return "" if value is None else formats.until(value)


@register.simple_tag
def citation(mark: components.SourceMark, as_card: bool = False) -> SafeString:
    """Where a fact can be read: its quote, title, publisher and day, and the ways there."""
    return _citation(mark, as_card, get_language() or "")


@lru_cache(maxsize=4096)
def _citation(mark: components.SourceMark, as_card: bool, language: str) -> SafeString:
    """A page of figures shows some hundred, each twice, and pages share them: nothing but the mark is in them."""
    return mark_safe(render_to_string("core/pieces/citation.html", {"mark": mark, "as_card": as_card}))


def _value(line: components.FigureLine, marks: SafeString = NOTHING) -> SafeString:
    """The value set large, its bound and unit small; a mark never leaves the word before it."""
    if line.value is None:
        return format_html("{}{}", not_stated(), marks)
    said = formats.amount(line.value, line.unit, line.bound, value_max=line.value_max, scope=line.scope)
    before = format_html("<small>{} </small>", said.before) if said.before else NOTHING
    if not said.after:
        return format_html("{}<b>{}{}</b>", before, said.value, marks)
    head, _, last = said.after.rpartition(" ")
    unit = '{}<b>{}</b>{}<span class="m-nowrap"><small>{}</small>{}</span>'
    between = format_html("<small> {} </small>", head) if head else " "
    return format_html(unit, before, said.value, between, last, marks)


def _inline_value(line: components.FigureLine) -> SafeString:
    if line.value is None:
        return not_stated()
    said = formats.amount(line.value, line.unit, line.bound, value_max=line.value_max, scope=line.scope)
    return format_html("<b>{}</b>", said)


@register.simple_tag(takes_context=True)
def figure(context: Context, line: components.FigureLine, with_kind: bool = True) -> SafeString:
    """A figure in a line of text: bound, value, unit, horizon, kind and the marks of its sources."""
    horizon = formats.horizon(line.horizon)
    return format_html(
        '<span class="m-fig">{}{} <span class="m-nowrap">{}{}</span></span>',
        _inline_value(line),
        f" {horizon}" if horizon else "",
        kind(line.kind) if with_kind else NOTHING,
        sources_of(context, line.sources),
    )


@register.simple_tag
def figure_value(line: components.FigureLine) -> SafeString:
    """Only the value of a figure, with its bound and unit set small; the caller shows kind and sources
    beside it.
    """
    return _value(line)


@register.simple_tag(takes_context=True)
def large_figure(context: Context, line: components.FigureLine) -> SafeString:
    """A figure that stands alone, with its sources; its kind and notes are set around it by the caller."""
    return format_html('<div class="m-stat-value">{}</div>', _value(line, sources_of(context, line.sources)))


def _piece(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    with context.push(**values):
        return mark_safe(context.template.engine.get_template(f"core/pieces/{name}.html").render(context))


@register.simple_tag(takes_context=True)
def stats(context: Context, columns: Sequence[components.StatColumn]) -> SafeString:
    """Kinds side by side; the empty ones stay and say that nothing is stated. Nothing is added up."""
    return _piece(context, "stats", {"columns": columns})


@register.simple_tag(takes_context=True)
def against(context: Context, about: str, one: components.Saying, other: components.Saying) -> SafeString:
    """Two sayings that do not agree, side by side; nobody chooses between them."""
    return _piece(context, "against", {"about": about, "sayings": (one, other)})


@register.simple_tag(takes_context=True)
def kinds_legend(context: Context) -> SafeString:
    """The seven kinds, from a wish to a count, each with its mark and what it is worth."""
    return _piece(
        context, "legend", {"kinds": [(name, formats.kind_meaning(name)) for name in formats.kinds_in_order()]}
    )


@register.simple_tag(takes_context=True)
def timeline(context: Context, events: Sequence[components.Event]) -> SafeString:
    """Events as they are given (newest first, what is awaited on top)."""
    return _piece(context, "timeline", {"events": events})


@register.simple_tag
def thread(label: str, steps: Sequence[components.Step]) -> SafeString:
    """The steps of one organisation, project or promise: which of them have evidence."""
    items = format_html_join(
        "",
        '<li class="{}">{}<b>{}</b><span>{}{}</span></li>',
        ((f"m-{s.state}" if s.state else "", _use("star"), s.label, s.note, _state_aloud(s.state)) for s in steps),
    )
    return format_html('<ol class="m-thread" aria-label="{}">{}</ol>', label, items)


def _state_aloud(state: str) -> SafeString:
    said = {
        "done": gettext("has evidence"),
        "part": gettext("begun"),
        "wait": gettext("awaited"),
        "": gettext("nothing known"),
    }[state]
    return format_html('<span class="m-hidden"> ({})</span>', said)


@register.simple_tag(takes_context=True)
def bars(context: Context, rows: Sequence[components.BarRow]) -> SafeString:
    """Promises as outlines with what was seen later inside, to one scale from zero, no total."""
    return _piece(context, "bars", {"bars": components.bars_of(rows)})


def _promoter_slug(context: Context) -> str:
    return getattr(context.get("promoter"), "slug", "") or ""


def _on_the_way(context: Context) -> dict[str, Any]:
    way = context.get("way") or ()
    return {
        "way": way() if callable(way) else way,
        "actor": context.get("actor") or ANONYMOUS,
        "promoter_slug": _promoter_slug(context),
        "here": context.get("here") or "",
        "verb": str(context.get("verb") or ""),
    }


@register.simple_tag(takes_context=True)
def way_steps(context: Context) -> list[shell.ShellLink]:
    """The seven steps of the way for the page's actor; a view may name its own step as `verb` in the context."""
    return shell.way_steps(**_on_the_way(context))


@register.simple_tag(takes_context=True)
def way_tabs(context: Context) -> list[shell.ShellLink]:
    """The pages under the current step, where it has several."""
    return shell.way_tabs(**_on_the_way(context))


@register.simple_tag(takes_context=True)
def panels(context: Context, page: str, row: Any = None) -> SafeString:
    """What higher rooms add to `page`, one after the other; empty where they have nothing to show."""
    request = context.get("request")
    actor = context.get("actor") or ANONYMOUS
    drawn = (render_to_string(name, {"panel": panel}, request) for name, panel in panels_for(page, actor, row))
    return mark_safe("".join(drawn)) if request else SafeString("")


@register.simple_tag
def current_label(*groups: Iterable[shell.ShellLink]) -> str:
    """The label of the first current link among several groups; empty where none is current."""
    return next((str(link.label) for group in groups for link in group if link.current), "")


@register.simple_tag(takes_context=True)
def shell_links(context: Context, items: Iterable[Any] | None) -> list[shell.ShellLink]:
    """The links of navigation items for the page's actor: the public bar, what comes before the way."""
    actor = context.get("actor") or ANONYMOUS
    here = context.get("here") or ""
    slug = _promoter_slug(context)
    return [shell.link_of(item, actor=actor, promoter_slug=slug, here=here) for item in items or ()]


@register.simple_tag(takes_context=True)
def language_choices(context: Context) -> list[shell.LanguageChoice]:
    """The languages of the interface for this page; none where there is no request (the page of a server error)."""
    request = context.get("request")
    return shell.language_choices(request) if request else []


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control of a form field in the product's dress; its hint and its error are tied to it by Django."""
    kind_of_input = getattr(field.field.widget, "input_type", "")
    css = "" if kind_of_input in ("checkbox", "radio", "file", "hidden") else "m-input"
    if kind_of_input == "number":
        css += " m-input-number"
    return field.as_widget(attrs={"class": css} if css else {})
