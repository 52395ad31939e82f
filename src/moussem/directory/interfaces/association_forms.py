"""The forms of members and antennas."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.directory.domain.memberships import MembershipFacts
from moussem.directory.enums import MembershipOffice
from moussem.directory.interfaces.fields import OrganisationField, PeriodField, PersonField, written_period
from moussem.directory.interfaces.forms import LONGEST_NAME, ActorForm, VersionedForm, place_field
from moussem.directory.models import Membership

BACKWARDS = _("This is before it began. Write a later date, or correct the other one.")


class _MembershipFields(ActorForm):
    place = place_field()
    office = forms.ChoiceField(
        label=pgettext_lazy("membership", "As"), choices=MembershipOffice.choices, required=False,
        initial=MembershipOffice.MEMBER,
    )  # fmt: skip
    period = PeriodField(label=_("Since"))
    until = PeriodField(label=pgettext_lazy("membership", "Until, that day included"))
    role_fr = forms.CharField(
        label=_("What the source calls it, in French"), max_length=LONGEST_NAME, required=False,
        help_text=_("Only where it says something else than member: founder, initiator."),
    )  # fmt: skip
    role_en = forms.CharField(label=_("What the source calls it, in English"), max_length=LONGEST_NAME, required=False)
    source = forms.CharField(
        label=_("Where it was learned"), max_length=LONGEST_NAME, required=False,
        help_text=_("The association’s list of a day, a letter, a public page."),
    )  # fmt: skip
    publish = forms.BooleanField(label=_("Show it on the public page"), required=False)

    @property
    def role(self) -> dict[str, str]:
        """The source's word for the tie by language; the other language's where only one was filled in."""
        said = {code: self.cleaned_data[f"role_{code}"] for code in ("fr", "en")}
        word = said["fr"] or said["en"]
        return {code: text or word for code, text in said.items()} if word else {}

    @property
    def facts(self) -> MembershipFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        return MembershipFacts(
            place=said["place"], office=MembershipOffice(said["office"] or MembershipOffice.MEMBER),
            role=self.role, period=said["period"], until=said["until"], source=said["source"],
        )  # fmt: skip


class MembershipForm(_MembershipFields):
    """A member of an association or club: an organisation or a person."""

    organisation = OrganisationField(label=_("Organisation"), required=False, among=Q())
    person = PersonField(label=_("Person"), required=False)
    field_order = ("organisation", "person")

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one member."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("organisation")) == bool(cleaned.get("person")):
            self.add_error("organisation", _("Name an organisation or a person: one of the two."))
        return cleaned


class MembershipCorrectionForm(_MembershipFields, VersionedForm):
    """A membership to correct; who the member is stays."""

    @staticmethod
    def initial_of(row: Membership) -> Mapping[str, Any]:
        """What the form shows of a row as it stands."""
        return {
            "version": row.version, "place": row.place.public_id if row.place else None, "office": row.office,
            "role_fr": row.role.get("fr", ""), "role_en": row.role.get("en", ""), "source": row.source,
            "period": written_period(row.period), "until": written_period(row.until),
            "publish": row.published_at is not None,
        }  # fmt: skip


class UntilForm(VersionedForm):
    """Until when a membership held, or an antenna stood."""

    until = PeriodField(
        label=pgettext_lazy("membership", "Until, that day included"),
        error_messages={"required": _("Say until when: 2026, 2026-07 or 2026-07-10.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["until"].required = True
        self.fields["until"].help_text = _("As finely as it is stated: 2020, 2020-07 or 2020-07-10.")


class AntennaForm(ActorForm):
    """An antenna of an association: it stands, it is not only wished for."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    place = place_field()
    period = PeriodField(label=_("Since"))
    source = forms.CharField(
        label=_("Where it was learned"), max_length=LONGEST_NAME, required=False,
        help_text=_("An antenna that is only wished for is an objective, and no antenna yet."),
    )  # fmt: skip
    publish = forms.BooleanField(label=_("Show it on the public page"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["place"].required = True
        self.fields["place"].error_messages["required"] = _("Choose where it stands.")
