"""What a page says of a row beside its values, in the reader's language."""

from django.utils.translation import gettext as _

from moussem.core.formats import kind_meaning
from moussem.engines.values.kinds import Scope
from moussem.evidence.enums import SCOPE_LABELS
from moussem.evidence.models import Document, Figure


def figure_words(figure: Figure) -> dict[str, str]:
    """What the figure's kind is worth, and the name of its scope."""
    return {"kind_meaning": kind_meaning(figure.kind), "scope_label": str(SCOPE_LABELS[Scope(figure.scope)])}


def document_words(document: Document) -> dict[str, list[str]]:
    """The names of what the text itself does not state and was found elsewhere."""
    names = {
        "title": _("title"),
        "publisher": _("publisher"),
        "author": _("author"),
        "published_on": _("date"),
    }
    return {"found_elsewhere": [names.get(field, field) for field in document.found_elsewhere]}
