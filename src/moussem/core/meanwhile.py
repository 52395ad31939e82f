"""Two versions of one row side by side, for whoever saved second."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form, ModelChoiceField
from django.utils.translation import gettext as _


def both_versions(form: Form, current: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The fields that differ, as (label, saved meanwhile, typed here), each in words."""
    told = []
    for bound in form.visible_fields():
        typed, saved = bound.data, current.get(bound.name)
        there, here = _words(bound.field, saved), _words(bound.field, typed)
        if there != here:
            told.append((str(bound.label), there, here))
    return told


def _words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = "" if value is None else str(value)
    if isinstance(field, ModelChoiceField):
        row = field.queryset.filter(public_id=text).first() if text else None
        return field.label_from_instance(row) if row else _("not stated")
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return choices.get(text, text) or _("not stated")
