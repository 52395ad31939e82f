"""The form of a passkey, with its labels in the reader's language."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext as _


class AddKeyForm(AddWebAuthnForm):
    """Adding a passkey; allauth leaves the label of its name untranslated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the field."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
