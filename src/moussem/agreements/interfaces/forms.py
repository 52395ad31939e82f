"""The forms of the agreements' desk. Nothing is saved here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from moussem.agreements.domain.agreements import AgreementFacts, PartyFacts
from moussem.agreements.enums import AgreementKind
from moussem.agreements.interfaces.fields import DateField, NamedField, written_date
from moussem.agreements.models import Agreement
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.evidence.domain.citing import Cited
from moussem.evidence.domain.queries.passages import documents_seen
from moussem.evidence.enums import SubjectKind


def in_this_language(words: str) -> dict[str, str]:
    """A text that somebody typed, under the language in which they work; nothing for an empty one."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return {language: words} if words else {}


def organisation_field(**options: Any) -> NamedField:
    """A field for an organisation by its name."""
    kinds = (SubjectKind.ORGANISATION,)
    return NamedField(kinds=kinds, row="organisation", list_id="organisations", required=False, **options)


class ActorForm(forms.Form):
    """A form that is told who fills it in, and offers only what that actor sees."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        for field in self.fields.values():
            if isinstance(field, NamedField):
                field.actor = actor

    @property
    def lists(self) -> dict[str, list[str]]:
        """The names offered, by the list's identifier on the page."""
        named = {f.list_id: f for f in self.fields.values() if isinstance(f, NamedField)}
        return {list_id: field.offered() for list_id, field in named.items()}


class _AgreementFields(ActorForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=pgettext_lazy("agreement", "Kind"), choices=AgreementKind.choices, initial=AgreementKind.MOU
    )
    event = NamedField(
        label=gettext_lazy("Event"), kinds=(SubjectKind.EVENT,), row="event", list_id="events", required=False
    )
    place = NamedField(
        label=gettext_lazy("Place"), kinds=(SubjectKind.PLACE,), row="place", list_id="places", required=False
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"), help_text=gettext_lazy("Never shown to the public."), required=False
    )


class NewAgreementForm(_AgreementFields):
    """An act to record: who signs it, and where."""

    field_order = ("title", "kind", "first", "second", "unnamed", "signed", "signed_on", "event", "place")
    first = organisation_field(label=gettext_lazy("Who signs"))
    second = organisation_field(label=gettext_lazy("With whom"))
    unnamed = forms.CharField(
        label=gettext_lazy("Another party, not named"),
        help_text=gettext_lazy("In the source’s words: “another operator”."),
        max_length=200,
        required=False,
    )
    signed = forms.BooleanField(label=gettext_lazy("It is signed already"), required=False)
    signed_on = DateField(label=gettext_lazy("Signed on"))

    def clean(self) -> dict[str, Any]:
        """Ask for somebody who signs."""
        cleaned = super().clean() or {}
        if not self.errors and not self.parties:
            self.add_error(
                "first", _("Say who signs: an organisation, or the source’s words for one it does not name.")
            )
        return cleaned

    @property
    def facts(self) -> AgreementFacts:
        """What was filled in, once it is valid."""
        return _facts(self.cleaned_data, self.cleaned_data["signed_on"], {})

    @property
    def parties(self) -> list[PartyFacts]:
        """Who signs, each once."""
        said = self.cleaned_data
        named = {one.pk: one for one in (said.get("first"), said.get("second")) if one is not None}
        parties = [PartyFacts(organisation=one) for one in named.values()]
        words = in_this_language(said.get("unnamed") or "")
        return [*parties, PartyFacts(words=words)] if words else parties


class AgreementForm(_AgreementFields):
    """An act to correct; `version` is the one that was read."""

    field_order = ("title", "kind", "signed_on", "event", "place", "purpose", "confidential")
    purpose = forms.CharField(
        label=gettext_lazy("What it is for"), widget=forms.Textarea(attrs={"rows": 3}), max_length=600, required=False
    )
    signed_on = DateField(label=gettext_lazy("Signed on"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        self.agreement = agreement
        super().__init__(*args, initial=written_agreement(agreement), **options)

    @property
    def facts(self) -> AgreementFacts:
        """What was filled in; a date that was not touched keeps its words, a text its other languages."""
        said = self.cleaned_data
        untouched = "signed_on" not in self.changed_data
        dated = self.agreement.signed_on if untouched else said["signed_on"]
        facts = _facts(said, dated, self.agreement.title)
        purpose = in_this_language(said["purpose"]) if said["purpose"] != say(self.agreement.purpose) else {}
        return AgreementFacts(
            kind=facts.kind, title=facts.title, purpose={**self.agreement.purpose, **purpose}, signed_on=dated,
            event=facts.event, place=facts.place, confidential=facts.confidential,
        )  # fmt: skip


def _facts(said: dict[str, Any], signed_on: Any, titles: dict[str, str]) -> AgreementFacts:
    title = titles if said["title"] == say(titles) else {**titles, **in_this_language(said["title"])}
    return AgreementFacts(
        kind=AgreementKind(said["kind"]), title=title, signed_on=signed_on, event=said["event"], place=said["place"],
        confidential=said["confidential"],
    )  # fmt: skip


def written_agreement(agreement: Agreement) -> dict[str, Any]:
    """An act as it stands in a form."""
    return {
        "version": agreement.version,
        "title": say(agreement.title),
        "kind": agreement.kind,
        "purpose": say(agreement.purpose),
        "signed_on": written_date(agreement.signed_on),
        "event": say(agreement.event.name) if agreement.event else "",
        "place": say(agreement.place.name) if agreement.place else "",
        "confidential": agreement.confidential,
    }


class PartyForm(ActorForm):
    """Somebody who agrees."""

    organisation = organisation_field(label=gettext_lazy("Organisation"))
    words = forms.CharField(
        label=gettext_lazy("Or in the source’s words"),
        help_text=gettext_lazy("Where it names nobody: “another operator”."),
        max_length=200,
        required=False,
    )
    capacity = forms.CharField(
        label=gettext_lazy("In which capacity"), help_text=gettext_lazy("e.g. owner of the park"), max_length=200,
        required=False,
    )  # fmt: skip
    signatory = NamedField(
        label=gettext_lazy("Who signs for it"), kinds=(SubjectKind.PERSON,), row="person", list_id="people",
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for an organisation or words."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("organisation") and not cleaned.get("words"):
            self.add_error("organisation", _("Name an organisation, or write the source’s words for it."))
        return cleaned

    @property
    def facts(self) -> PartyFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        words = {} if said["organisation"] else in_this_language(said["words"])
        return PartyFacts(said["organisation"], words, said["signatory"], in_this_language(said["capacity"]))


class SignForm(ActorForm):
    """When an act was signed."""

    signed_on = DateField(label=gettext_lazy("Signed on"))


class EndForm(ActorForm):
    """Why an act ends."""

    words = forms.CharField(label=gettext_lazy("Why it ends"), max_length=300)


class CiteForm(ActorForm):
    """Where an act can be read."""

    document = forms.ModelChoiceField(
        label=gettext_lazy("Document"), queryset=None, to_field_name="public_id", empty_label=None
    )
    quote = forms.CharField(
        label=gettext_lazy("Quote"),
        help_text=gettext_lazy("The exact words that carry the fact, 12 at most."),
        max_length=200,
        required=False,
    )
    paragraph = forms.IntegerField(label=gettext_lazy("Paragraph"), required=False, min_value=1, max_value=9999)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["document"].queryset = documents_seen(self.actor, own=True).order_by("-pk")

    @property
    def cited(self) -> Cited:
        """The place in the document."""
        said = self.cleaned_data
        return Cited(said["document"], said["quote"], said["paragraph"])
