"""What a reader may ask of a list in its address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moussem.evidence.enums import MEASURE_LABELS, Kind, StatementKind
from moussem.evidence.interfaces.forms import chosen

PUBLISHED = (("", _("all")), ("yes", _("published")), ("no", _("not published")))


class PageCursor(forms.Form):
    """Where a list goes on: the public identifier of the last row shown; empty for the first page."""

    after = forms.UUIDField(required=False)


class FigureFilter(PageCursor):
    """Which figures of the desk to list."""

    measure = forms.ChoiceField(label=_("Measure"), choices=[("", _("all")), *chosen(MEASURE_LABELS)], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("all")), *Kind.choices], required=False)
    subject = forms.CharField(label=_("About"), required=False, max_length=200)
    published = forms.ChoiceField(label=_("Published"), choices=PUBLISHED, required=False)


class StatementFilter(PageCursor):
    """Which statements of the desk to list."""

    kind = forms.ChoiceField(label=_("What it tells"), choices=[("", _("all")), *StatementKind.choices], required=False)
    subject = forms.CharField(label=_("About"), required=False, max_length=200)
    published = forms.ChoiceField(label=_("Published"), choices=PUBLISHED, required=False)
