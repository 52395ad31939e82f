"""Words from a template, in one language, outside any page: for mails and documents."""

from collections.abc import Mapping
from typing import Any

from django.template import Context, engines
from django.utils import translation


def words(name: str, context: Mapping[str, Any], language: str) -> str:
    """The template called `name` in `language`. Every value is escaped where the name ends in `.html`; elsewhere none
    is, since nothing there is read as markup.
    """
    template = engines["django"].engine.get_template(name)
    with translation.override(language):
        return template.render(Context(dict(context), autoescape=name.endswith(".html")))
