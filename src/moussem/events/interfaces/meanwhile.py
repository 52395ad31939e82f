"""Two versions of one row side by side, for whoever saved second."""

import re
from collections.abc import Mapping
from typing import Any

from django.forms import Form, ModelChoiceField, MultipleChoiceField
from django.utils.translation import gettext as _

_CLOCK = re.compile(r"\d{2}:\d{2}:\d{2}")


def both_versions(form: Form, current: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that differ, as (label, saved meanwhile, typed here), each in words."""
    told = []
    for bound in form.visible_fields():
        there, here = _words(bound.field, current.get(bound.name)), _words(bound.field, bound.data)
        if there != here:
            told.append((str(bound.label), there, here))
    return told


def _words(field: Any, value: Any) -> str:
    if isinstance(field, MultipleChoiceField):
        chosen = {str(one) for one in value or ()}
        return ", ".join(str(label) for key, label in field.choices if str(key) in chosen) or _("not stated")
    text = "" if value is None else str(field.prepare_value(value) if value else value)
    if isinstance(field, ModelChoiceField):
        row = field.queryset.filter(public_id=text).first() if text else None
        return field.label_from_instance(row) if row else _("not stated")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    text = text.replace("\r\n", "\n")
    return choices.get(text, text[:5] if _CLOCK.fullmatch(text) else text) or _("not stated")
