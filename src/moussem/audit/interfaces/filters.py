"""Filters of the ledger's page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LedgerFilter(forms.Form):
    """One kind of object, or one object; `before` is the page's cursor."""

    kind = forms.CharField(label=_("Kind of object"), max_length=40, required=False)
    object = forms.CharField(label=_("Identifier of the object"), max_length=64, required=False)
    before = forms.UUIDField(required=False, widget=forms.HiddenInput)
