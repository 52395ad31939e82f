"""The forms of the directory's desk. Each is told who fills it in, and offers only what that actor may point to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.accounts.models import User
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.domain.organisations import OrganisationFacts
from moussem.directory.domain.people import Contact
from moussem.directory.domain.queries.lists import SHARED
from moussem.directory.enums import ConsentPurpose, OrganisationKind, PlaceKind
from moussem.directory.interfaces.fields import OrganisationField, PeriodField, PersonField
from moussem.directory.models import Branch, Organisation, Park, Person, Place

LONGEST_NAME = 200
_ROWS = forms.Textarea(attrs={"rows": 3})


class BranchesField(forms.ModelMultipleChoiceField):
    """Any number of the lines of business that the actor of the form may see, in the order of their codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, to_field_name="public_id", widget=forms.CheckboxSelectMultiple, **options)

    def offer(self, actor: Actor) -> None:
        """Offer what `actor` may see, and nothing else."""
        self.queryset = Branch.objects.visible_to(actor).order_by("code", "pk")

    def label_from_instance(self, row: Branch) -> str:
        """The name and the code, by which the trade calls it."""
        return f"{say(row.name)} ({row.code})"


class RowField(forms.ModelChoiceField):
    """A choice among the rows of a table that the actor of the form may see."""

    def __init__(self, table: type[Model], *, order: tuple[str, ...] = ("pk",), **options: Any) -> None:
        super().__init__(queryset=None, to_field_name="public_id", **options)
        self.table = table
        self.order = order

    def offer(self, actor: Actor) -> None:
        """Offer what `actor` may see, and nothing else."""
        self.queryset = self.table.objects.visible_to(actor).order_by(*self.order)  # type: ignore[attr-defined]

    def label_from_instance(self, row: Any) -> str:
        """The name of a row; of a place also its kind, since Oriental and Oujda may both be meant."""
        return f"{say(row.name)} ({row.get_kind_display()})" if isinstance(row, Place) else str(row)


def place_field() -> RowField:
    """A place among those the actor of the form may see, or none."""
    return RowField(Place, order=("kind", "code", "pk"), label=_("Place"), required=False, empty_label=_("not stated"))


class ActorForm(forms.Form):
    """A form filled in by an actor."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        for field in self.fields.values():
            if isinstance(field, OrganisationField | PersonField):
                field.actor = actor
            elif isinstance(field, RowField | BranchesField):
                field.offer(actor)


class VersionedForm(ActorForm):
    """A form that corrects a row: `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class _OrganisationFields(ActorForm):
    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    kind = forms.ChoiceField(label=pgettext_lazy("organisation", "Kind"), choices=OrganisationKind.choices)
    acronym = forms.CharField(label=_("Acronym"), max_length=30, required=False)
    unnamed = forms.BooleanField(label=_("The sources describe it without naming it"), required=False)
    description_fr = forms.CharField(label=_("Description in French"), widget=_ROWS, max_length=600, required=False)
    description_en = forms.CharField(label=_("Description in English"), widget=_ROWS, max_length=600, required=False)
    parent = OrganisationField(label=_("Belongs to"), required=False)
    place = place_field()

    def clean(self) -> dict[str, Any]:
        """Ask for a description where there is no name to go by."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("unnamed") and not (cleaned.get("description_fr") or cleaned.get("description_en")):
            self.add_error("description_fr", _("Say how the sources describe it: it has no name to go by."))
        return cleaned

    @property
    def facts(self) -> OrganisationFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        described = {code: said[f"description_{code}"] for code in ("fr", "en") if said[f"description_{code}"]}
        return OrganisationFacts(
            name=said["name"], kind=OrganisationKind(said["kind"]), acronym=said["acronym"], named=not said["unnamed"],
            description=described, parent=said["parent"], place=said["place"],
        )  # fmt: skip


class NewOrganisationForm(_OrganisationFields):
    """An organisation to add."""


class OrganisationForm(_OrganisationFields, VersionedForm):
    """An organisation to correct."""

    @staticmethod
    def initial_of(row: Organisation) -> Mapping[str, Any]:
        """What the form shows of a row as it stands."""
        return {
            "version": row.version, "name": row.name, "kind": row.kind, "acronym": row.acronym,
            "unnamed": not row.named, "description_fr": row.description.get("fr", ""),
            "description_en": row.description.get("en", ""), "parent": row.parent.name if row.parent else "",
            "place": row.place.public_id if row.place else None,
        }  # fmt: skip


class AliasForm(ActorForm):
    """Another name of an organisation."""

    name = forms.CharField(label=_("Other name"), max_length=LONGEST_NAME)
    ours = forms.BooleanField(label=_("No source prints it: it is our reading"), required=False)


class BranchesForm(ActorForm):
    """In which lines of business an organisation works."""

    branches = BranchesField(label=_("Lines of business"), required=False)


class EstablishmentForm(ActorForm):
    """Where an organisation is established."""

    park = RowField(Park, order=("name", "pk"), label=_("Park"), required=False, empty_label=_("no park"))
    place = place_field()
    period = PeriodField(label=_("Since"))
    publish = forms.BooleanField(label=_("Show it on the public page"), required=False)


class CommonsForm(ActorForm):
    """The shared row that a promoter's own organisation is."""

    commons = OrganisationField(label=_("Shared organisation"), required=False, among=SHARED)


class NewPersonForm(ActorForm):
    """A person to add."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    printed = forms.CharField(
        label=_("Names as printed"), help_text=_("One a line, where a source writes it otherwise."), widget=_ROWS,
        max_length=1000, required=False,
    )  # fmt: skip
    place = place_field()

    @property
    def printed_names(self) -> tuple[str, ...]:
        """The names as printed, each once."""
        lines = (line.strip() for line in self.cleaned_data["printed"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class PersonForm(NewPersonForm, VersionedForm):
    """A person to correct."""

    @staticmethod
    def initial_of(row: Person) -> Mapping[str, Any]:
        """What the form shows of a row as it stands."""
        return {
            "version": row.version, "name": row.name, "printed": "\n".join(row.printed_names),
            "place": row.place.public_id if row.place else None,
        }  # fmt: skip


class ContactForm(VersionedForm):
    """How to reach a person."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("not stated")), *settings.GUEST_LANGUAGES], required=False
    )
    source = forms.CharField(
        label=_("Where it was learned"), help_text=_("A card handed over, a form filled in, a public page."),
        max_length=LONGEST_NAME, required=False,
    )  # fmt: skip

    @staticmethod
    def initial_of(row: Person) -> Mapping[str, Any]:
        """What the form shows of a row as it stands."""
        return {
            "version": row.version, "email": row.email, "phone": row.phone, "language": row.language,
            "source": row.contact_source,
        }  # fmt: skip

    @property
    def contact(self) -> Contact:
        """What was filled in, once it is valid."""
        return Contact(**{name: self.cleaned_data[name] for name in ("email", "phone", "language", "source")})


class RoleForm(ActorForm):
    """What a person is or was at an organisation."""

    organisation = OrganisationField(label=_("Organisation"))
    role_fr = forms.CharField(label=_("Role in French"), max_length=LONGEST_NAME)
    role_en = forms.CharField(label=_("Role in English"), max_length=LONGEST_NAME, required=False)
    former = forms.BooleanField(label=_("This was so and is so no more"), required=False)
    period = PeriodField(label=_("Since"))
    publish = forms.BooleanField(label=_("Show it on the public page"), required=False)


class ConsentForm(ActorForm):
    """What a person agreed or objected to."""

    purpose = forms.ChoiceField(label=_("For what"), choices=ConsentPurpose.choices)
    given = forms.TypedChoiceField(
        label=_("Answer"), choices=[("yes", _("agrees")), ("no", _("objects"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    said_on = forms.DateField(label=_("On"), widget=forms.DateInput(attrs={"type": "date"}))
    proof = forms.CharField(
        label=_("Proof"), help_text=_("Where the answer can be seen: a mail, a signed form."), max_length=300
    )


class PlaceForm(ActorForm):
    """A place to add."""

    kind = forms.ChoiceField(label=pgettext_lazy("organisation", "Kind"), choices=PlaceKind.choices)
    name_fr = forms.CharField(label=_("Name in French"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("Name in English"), max_length=LONGEST_NAME, required=False)
    code = forms.CharField(
        label=_("ISO code"),
        help_text=_("ISO 3166-1 for a country, 3166-2 for a region."),
        max_length=10,
        required=False,
    )
    place = place_field()


class ParkForm(ActorForm):
    """A park to add."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    place = place_field()


class RepresentationForm(ActorForm):
    """A user who is to act for an organisation."""

    user = RowField(
        User, label=_("User"), empty_label=_("choose"), help_text=_("Somebody who was invited to this promoter.")
    )
