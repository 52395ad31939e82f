"""What a reader may ask of a list in its address."""

from django import forms


class PageCursor(forms.Form):
    """Where a list goes on: the public identifier of the last row shown; empty for the first page."""

    after = forms.UUIDField(required=False)
