"""What administrators fill in."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from moussem.accounts.enums import PromoterKind, Role, TokenVerb

TOKEN_DAYS_AT_MOST = 365


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("E-mail"), help_text=_("The person logs in with this address."), max_length=254)
    label = forms.CharField(
        label=_("Name on screens"), help_text=_("As colleagues and the ledger name them."), max_length=120
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)


class RoleForm(forms.Form):
    """One more role for a user."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class TokenForm(forms.Form):
    """A token of one's own for a program."""

    name = forms.CharField(
        label=_("Name"), help_text=_("What the token is for, as the ledger names it."), max_length=120
    )
    verbs = forms.MultipleChoiceField(
        label=_("Rights"), choices=TokenVerb.choices, widget=forms.CheckboxSelectMultiple, initial=[TokenVerb.READ]
    )
    days = forms.IntegerField(
        label=_("Days"),
        help_text=_("How many days it is good for, 365 at most."),
        min_value=1,
        max_value=TOKEN_DAYS_AT_MOST,
        initial=90,
    )
    event_key = forms.UUIDField(
        label=_("Limited to the event"),
        help_text=_("The identifier of one event; empty: not limited."),
        required=False,
    )

    def terms(self, at: datetime) -> dict[str, Any]:
        """The cleaned terms, with the end reckoned from `at`."""
        terms = dict(self.cleaned_data)
        terms["expires_at"] = at + timedelta(days=terms.pop("days"))
        return terms


class PromoterForm(forms.Form):
    """A promoter and its first administrator."""

    name = forms.CharField(label=_("Name"), max_length=200)
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        help_text=_("Small letters, digits and hyphens; it cannot be changed later."),
        max_length=60,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[c for c in PromoterKind.choices if c[0] != PromoterKind.COMMONS])
    administrator_email = forms.EmailField(label=_("E-mail of its administrator"), max_length=254)
    administrator_label = forms.CharField(label=_("Name of its administrator on screens"), max_length=120)


class LanguageForm(forms.Form):
    """The language of the interface."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
