"""What staff fill in to record a document, a figure or a statement. Nothing is saved here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.formats import period
from moussem.engines.values.kinds import Bound, Scope
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit, to_scaled
from moussem.evidence.domain.citing import Cited
from moussem.evidence.domain.documents import DocumentFacts
from moussem.evidence.domain.figures import FigureFacts, SubjectsByRole, Teller
from moussem.evidence.domain.queries.names import Found, names_suggested, subject_named
from moussem.evidence.domain.queries.passages import documents_citable
from moussem.evidence.domain.statements import StatementFacts
from moussem.evidence.enums import (
    BOUND_LABELS,
    MEASURE_LABELS,
    SCOPE_LABELS,
    UNIT_LABELS,
    AddressKind,
    Kind,
    StatementKind,
    SubjectKind,
    SubjectRole,
)
from moussem.evidence.interfaces.fields import NumberField, PeriodField
from moussem.evidence.models import Document, Subject

DATE_HINT = _("As finely as the source says it: 2020, 2020-07, 2020-07-10, 2014-2018. Empty: not stated.")
PLACES = (SubjectKind.PLACE, SubjectKind.PARK)
GATHERINGS = (SubjectKind.EVENT, SubjectKind.SERIES)


def chosen(labels: Any) -> list[tuple[str, Any]]:
    """The choices of a list of named words."""
    return [(word.value, label) for word, label in labels.items()]


def name_input() -> forms.TextInput:
    """A text in which names of known things are offered, without any script."""
    return forms.TextInput(attrs={"list": "names", "autocomplete": "off"})


class DocumentField(forms.ModelChoiceField):
    """A document to cite from, told by its publisher, title and date as far as they are stated."""

    def label_from_instance(self, document: Document) -> str:
        """Publisher, title and date, as in “L’Économiste, July 2020”; its key where it states nothing of itself."""
        dated = period(document.published_on) if document.published_on else ""
        return ", ".join(filter(None, (document.publisher, document.title, dated))) or document.key


class CitingForm(forms.Form):
    """What a figure and a statement share: whom they are about, who said it, where it can be read.

    `kept` are subjects by the text that stood in the form for them, so that an unchanged name never has to be found
    again. `cited` is None where no document was chosen.
    """

    ABOUT: tuple[tuple[str, SubjectRole, tuple[str, ...]], ...] = (
        ("holder", SubjectRole.HOLDER, ()),
        ("place", SubjectRole.PLACE, PLACES),
        ("event", SubjectRole.EVENT, GATHERINGS),
    )

    def __init__(self, *args: Any, actor: Actor, kept: dict[str, Subject] | None = None, **kwargs: Any) -> None:
        """Offer the documents that the actor's promoter may cite, its own first, and the names of what it sees."""
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.kept = kept or {}
        self.fields["document"].queryset = documents_citable(actor)
        self.subjects: list[tuple[SubjectRole, Subject]] = []

    @cached_property
    def names(self) -> list[str]:
        """The names offered to whoever types one."""
        return names_suggested(self.actor)

    def clean(self) -> dict[str, Any]:
        """Find whom it is about and who said it by their names."""
        cleaned = super().clean() or {}
        for field, role, kinds in self.ABOUT:
            found = self._named(field, cleaned.get(field), kinds)
            if found:
                self.subjects.append((self._role(role, found), found))
        for line in (cleaned.get("others") or "").splitlines():
            found = self._named("others", line, ())
            if found:
                self.subjects.append((SubjectRole.HOLDER, found))
        cleaned["person"] = self._named("person", cleaned.get("person"), (SubjectKind.PERSON,))
        cleaned["organisation"] = self._named("organisation", cleaned.get("organisation"), (SubjectKind.ORGANISATION,))
        if cleaned.get("quote") and not cleaned.get("document") and "document" not in self.errors:
            self.add_error("document", _("Choose the document in which this quote stands."))
        return cleaned

    def _role(self, role: SubjectRole, subject: Subject) -> SubjectRole:
        return SubjectRole.PARK if role == SubjectRole.PLACE and subject.kind == SubjectKind.PARK else role

    def _named(self, field: str, name: str | None, kinds: tuple[str, ...]) -> Subject | None:
        written = (name or "").strip()
        if not written:
            return None
        if written in self.kept:
            return self.kept[written]
        found = subject_named(self.actor, written, kinds)
        if found.subject is None:
            self.add_error(field, _unknown(written, found))
        return found.subject

    @property
    def teller(self) -> Teller:
        """Who said it, as the form names them."""
        said = self.cleaned_data
        return Teller(person=said["person"], organisation=said["organisation"], words=said["words_of_teller"])

    @property
    def by_role(self) -> SubjectsByRole:
        """Whom it is about, each once in a role."""
        return list(dict.fromkeys(self.subjects))

    @property
    def cited(self) -> list[Cited]:
        """Where it can be read: one citation, or none yet."""
        said = self.cleaned_data
        if not said["document"]:
            return []
        return [Cited(said["document"], said["quote"], said["paragraph"])]


def _unknown(written: str, found: Found) -> str:
    facts = {"name": written, "names": ", ".join(found.may_mean)}
    if found.may_mean:
        return _("“%(name)s” is not the name of exactly one thing. Did you mean: %(names)s? Write it so.") % facts
    return _("Nothing here is called “%(name)s”. Check the spelling, or add it to the directory first.") % facts


def _citation_fields() -> dict[str, forms.Field]:
    """The fields of who said it and where it can be read."""
    return {
        "person": forms.CharField(label=_("Said by, person"), required=False, widget=name_input()),
        "organisation": forms.CharField(label=_("Said by, organisation"), required=False, widget=name_input()),
        "words_of_teller": forms.CharField(
            label=_("Said by, in the source’s words"),
            help_text=_("Where the source names nobody: “managers of the first project”."),
            required=False,
            max_length=200,
        ),
        "stated_on": PeriodField(label=_("Said on"), help_text=DATE_HINT, required=False),
        "document": DocumentField(
            label=_("Document"),
            queryset=Document.objects.visible_to(Actor(kind="anonymous")).none(),
            required=False,
            help_text=_("One of yours, or a shared one. Without a citation it can be recorded, never published."),
            empty_label=_("none yet"),
            to_field_name="public_id",
        ),
        "quote": forms.CharField(
            label=_("Quote"),
            help_text=_("The exact words that carry the fact, 12 at most."),
            required=False,
            max_length=200,
        ),
        "paragraph": forms.IntegerField(label=_("Paragraph"), required=False, min_value=1, max_value=9999),
    }


class FigureForm(CitingForm):
    """One figure as a source states it."""

    field_order = (
        "measure", "kind", "bound", "value", "value_max", "unit", "scope", "holder", "others", "place", "event",
        "document", "quote", "paragraph", "person", "organisation", "words_of_teller", "stated_on", "period",
        "horizon", "perimeter", "verified_by", "note",
    )  # fmt: skip
    measure = forms.ChoiceField(label=_("Measure"), choices=chosen(MEASURE_LABELS))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    bound = forms.ChoiceField(label=_("Bound"), choices=chosen(BOUND_LABELS), initial=Bound.EQUAL.value)
    value = NumberField(label=_("Number"), help_text=_("Empty: the source gives no number."), required=False)
    value_max = NumberField(label=_("Upper end"), help_text=_("Only for “from … to …”."), required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=chosen(UNIT_LABELS))
    scope = forms.ChoiceField(label=_("Scope"), choices=chosen(SCOPE_LABELS), initial=Scope.NOT_STATED.value)
    holder = forms.CharField(
        label=_("Holder"), help_text=_("Whose jobs, money or offices."), required=False, widget=name_input()
    )
    others = forms.CharField(
        label=_("Other holders"),
        help_text=_("One a line, where the figure is one for all together."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=_("Place or park"), required=False, widget=name_input())
    event = forms.CharField(label=_("Event"), required=False, widget=name_input())
    period = PeriodField(label=_("Period"), help_text=DATE_HINT, required=False)
    horizon = PeriodField(
        label=_("For when"),
        help_text=_("By when a promise shall be kept; “in time” where no date is given."),
        required=False,
    )
    perimeter = forms.CharField(
        label=_("Perimeter"),
        help_text=_("The version of the series it belongs to, if it is of one."),
        required=False,
        max_length=200,
    )
    verified_by = forms.CharField(
        label=_("Verified by"), help_text=_("Only for a verified figure."), required=False, widget=name_input()
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Find the verifying body as well."""
        cleaned = super().clean()
        cleaned["verified_by"] = self._named(
            "verified_by", cleaned.get("verified_by"), (SubjectKind.ORGANISATION, SubjectKind.PERSON)
        )
        return cleaned

    def facts(self, **unchanged: Any) -> FigureFacts:
        """The facts as the domain takes them; `LossOfDigits` where the unit cannot hold the number."""
        said = self.cleaned_data
        unit = Unit(said["unit"])
        language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        return FigureFacts(
            measure=Measure(said["measure"]),
            value=None if said["value"] is None else to_scaled(said["value"], unit),
            value_max=None if said["value_max"] is None else to_scaled(said["value_max"], unit),
            unit=unit,
            kind=Kind(said["kind"]),
            bound=Bound(said["bound"]),
            scope=Scope(said["scope"]),
            period=said["period"],
            horizon=said["horizon"],
            perimeter=said["perimeter"],
            stated_on=said["stated_on"],
            teller=self.teller,
            note={language: said["note"]} if said["note"] else {},
            verified_by=said["verified_by"],
            **unchanged,
        )


FigureForm.base_fields.update(_citation_fields())


class StatementForm(CitingForm):
    """One fact that is no number, in our own words."""

    kind = forms.ChoiceField(label=_("What it tells"), choices=StatementKind.choices)
    words_fr = forms.CharField(
        label=_("In French"),
        help_text=_("In our own words, one sentence."),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    words_en = forms.CharField(
        label=_("In English"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 2})
    )
    forward = forms.BooleanField(label=_("It says what will be"), required=False)
    holder = forms.CharField(label=_("Whom it is about"), required=False, widget=name_input())
    others = forms.CharField(
        label=_("Others it is about"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.CharField(label=_("Place or park"), required=False, widget=name_input())
    event = forms.CharField(label=_("Event"), required=False, widget=name_input())
    period = PeriodField(label=_("Period"), help_text=DATE_HINT, required=False)
    horizon = PeriodField(label=_("For when"), help_text=DATE_HINT, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words in one language at least."""
        cleaned = super().clean()
        if not cleaned.get("words_fr") and not cleaned.get("words_en"):
            self.add_error("words_fr", _("Say it in French or in English, in one sentence."))
        return cleaned

    def facts(self) -> StatementFacts:
        """The facts as the domain takes them."""
        said = self.cleaned_data
        return StatementFacts(
            kind=StatementKind(said["kind"]),
            words={code: said[f"words_{code}"] for code in ("fr", "en") if said[f"words_{code}"]},
            forward=said["forward"],
            period=said["period"],
            horizon=said["horizon"],
            stated_on=said["stated_on"],
            teller=self.teller,
        )


StatementForm.base_fields.update(_citation_fields())


class DocumentForm(forms.Form):
    """What a document says of itself."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    publisher = forms.CharField(label=_("Publisher"), required=False, max_length=200)
    author = forms.CharField(label=_("Author"), required=False, max_length=200)
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("not stated")), *settings.LANGUAGES, ("ar", _("Arabic"))],
        required=False,
    )  # fmt: skip
    published_on = PeriodField(label=_("Date"), help_text=DATE_HINT, required=False)
    address = forms.URLField(label=_("Address"), required=False, max_length=500, assume_scheme="https")
    address_kind = forms.ChoiceField(
        label=_("What the address is"), choices=AddressKind.choices, initial=AddressKind.NONE
    )
    consulted_on = forms.DateField(
        label=_("Consulted"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a document without anything to know it by, and an address without its kind or the other way round."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("title", "publisher", "address")):
            self.add_error("title", _("Give the title, the publisher or the address: one of them at least."))
        if cleaned.get("address") and cleaned.get("address_kind") == AddressKind.NONE:
            self.add_error("address_kind", _("Say what this address is: the publisher’s own, another site’s, a copy."))
        if not cleaned.get("address") and cleaned.get("address_kind") != AddressKind.NONE and not self.errors:
            self.add_error("address", _("Write the address, or choose “no address”."))
        return cleaned

    def facts(self, key: str) -> DocumentFacts:
        """The facts as the domain takes them."""
        said = {**self.cleaned_data, "address_kind": AddressKind(self.cleaned_data["address_kind"])}
        return DocumentFacts(key=key, **said)
