"""What staff fill in to correct a figure, a statement or a document, and to add to a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from moussem.core.texts import say
from moussem.engines.values.units import Unit, from_scaled
from moussem.evidence.domain.documents import DocumentFacts
from moussem.evidence.domain.figures import SubjectsByRole
from moussem.evidence.domain.queries.names import name_of
from moussem.evidence.enums import SubjectRole
from moussem.evidence.interfaces.fields import written_number, written_period
from moussem.evidence.interfaces.forms import CitingForm, DocumentForm, FigureForm, StatementForm
from moussem.evidence.models import Document, Figure, Statement, Subject


class _Correcting(CitingForm):
    """The correction of a figure or statement: what the form has no field for stays, and dates that are left alone."""

    row: Figure | Statement

    def keeping(self, row: Figure | Statement) -> None:
        """Keep of `row` what is not shown here, and say so."""
        self.row = row
        self.unshown = unshown_links(row)
        if self.unshown:
            names = ", ".join(name_of(subject) for _role, subject in self.unshown)
            self.fields["place"].help_text = _("Stays about these, too: %(names)s.") % {"names": names}

    @property
    def by_role(self) -> SubjectsByRole:
        """Whom it is about, with what the form has no field for."""
        return list(dict.fromkeys([*self.subjects, *self.unshown]))

    def clean(self) -> dict[str, Any]:
        """Keep each date that was left as it stood."""
        cleaned = super().clean()
        for name in ("period", "horizon", "stated_on"):
            if name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.row, name)
        return cleaned


class ReplaceForm(_Correcting, FigureForm):
    """The correction of a figure: the whole figure anew, and why."""

    reason = forms.CharField(
        label=_("Why it is corrected"),
        help_text=_("Everybody who sees the old figure reads this."),
        max_length=300,
    )

    def __init__(self, *args: Any, figure: Figure, **kwargs: Any) -> None:
        """Start from the figure as it stands; a date that is not touched keeps its words."""
        initial, kept = written_figure(figure)
        super().__init__(*args, initial=initial, kept=kept, **kwargs)
        self.keeping(figure)
        self.fields["document"].help_text = _("Empty: the citations of the figure stay.")
        self.order_fields(["reason", *(name for name in self.fields if name != "reason")])


class StatementCorrection(_Correcting, StatementForm):
    """The correction of a statement; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, statement: Statement, **kwargs: Any) -> None:
        """Start from the statement as it stands; a date that is not touched keeps its words."""
        initial, kept = written_statement(statement)
        super().__init__(*args, initial=initial, kept=kept, **kwargs)
        self.keeping(statement)
        self.fields["document"].help_text = _("Empty: the citations of the fact stay.")


class DocumentCorrection(DocumentForm):
    """The correction of what is known of a document; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @staticmethod
    def initial_of(row: Document) -> dict[str, Any]:
        """What the form shows of a row as it stands."""
        names = ("version", "title", "publisher", "author", "language", "address", "address_kind", "consulted_on")
        return {name: getattr(row, name) for name in names} | {"published_on": written_period(row.published_on)}

    def facts(self, key: str) -> DocumentFacts:
        """The facts as the domain takes them; the version is none of them."""
        version = self.cleaned_data.pop("version")
        facts = super().facts(key)
        self.cleaned_data["version"] = version
        return facts


def reading(form: forms.Form, version: int) -> None:
    """Take `version` as read, so that sending the form once more is meant."""
    form.data = form.data.copy()
    form.data["version"] = str(version)


class PassageForm(forms.Form):
    """One more passage of a document: how it is known, and why nothing was taken from it."""

    fragment = forms.CharField(
        label=_("Words of the passage"),
        help_text=_("At most 12 words in a row, exactly as they stand, by which the passage is known."),
        max_length=200,
    )
    reason_fr = forms.CharField(
        label=_("Why nothing was taken, in French"),
        help_text=_("Empty: something is, or will be, recorded from it."),
        required=False,
        max_length=300,
    )
    reason_en = forms.CharField(label=_("Why nothing was taken, in English"), required=False, max_length=300)

    @property
    def reason(self) -> dict[str, str] | None:
        """Why nothing was taken, by language; None where something was."""
        return _in_both(self.cleaned_data["reason_fr"], self.cleaned_data["reason_en"])


class SilenceForm(forms.Form):
    """What a document does not state."""

    words_fr = forms.CharField(
        label=_("What it does not state, in French"),
        help_text=_("One sentence, so that nobody wonders whether it was overlooked."),
        max_length=300,
    )
    words_en = forms.CharField(label=_("What it does not state, in English"), required=False, max_length=300)
    passage = forms.IntegerField(
        label=_("Number of the passage"), help_text=_("Empty: of the whole document."), required=False, min_value=1
    )

    @property
    def words(self) -> dict[str, str]:
        """The sentence by language."""
        return _in_both(self.cleaned_data["words_fr"], self.cleaned_data["words_en"]) or {}


def _in_both(french: str, english: str) -> dict[str, str] | None:
    said = {"fr": french or english, "en": english or french}
    return said if any(said.values()) else None


def unshown_links(row: Figure | Statement) -> list[tuple[SubjectRole, Subject]]:
    """What a figure or a statement is about besides what the form has a field for; a correction keeps it."""
    shown = {SubjectRole.PLACE: 0, SubjectRole.EVENT: 0}
    left = []
    for link in row.links.all():
        role = SubjectRole.PLACE if link.role == SubjectRole.PARK else SubjectRole(link.role)
        if role == SubjectRole.HOLDER:
            continue
        if role in shown and not shown[role]:
            shown[role] += 1
            continue
        left.append((SubjectRole(link.role), link.subject))
    return left


class _Names:
    """The names that stand in a form for subjects, each for one of them only."""

    def __init__(self) -> None:
        self.kept: dict[str, Subject] = {}

    def of(self, subject: Subject | None) -> str:
        if subject is None:
            return ""
        name = name_of(subject)
        if self.kept.setdefault(name, subject).pk != subject.pk:
            name = name_of(subject, alone=False)
            self.kept[name] = subject
        return name


def _written(row: Figure | Statement, names: _Names) -> dict[str, Any]:
    """What a loaded figure and a statement share, as it stands in a form."""
    roles: dict[str, list[str]] = {}
    for link in row.links.all():
        role = SubjectRole.PLACE if link.role == SubjectRole.PARK else link.role
        roles.setdefault(role, []).append(names.of(link.subject))
    holders = roles.get(SubjectRole.HOLDER, [])
    return {
        "holder": holders[0] if holders else "",
        "others": "\n".join(holders[1:]),
        "place": next(iter(roles.get(SubjectRole.PLACE, [])), ""),
        "event": next(iter(roles.get(SubjectRole.EVENT, [])), ""),
        "period": written_period(row.period),
        "horizon": written_period(row.horizon),
        "stated_on": written_period(row.stated_on),
        "person": names.of(row.stated_by_person),
        "organisation": names.of(row.stated_by_organisation),
        "words_of_teller": row.stated_by_words,
    }


def written_figure(figure: Figure) -> tuple[dict[str, Any], dict[str, Subject]]:
    """A loaded figure as it stands in a form, and the subjects by the names that stand for them."""
    names = _Names()
    unit = Unit(figure.unit)
    initial = {
        **_written(figure, names),
        **{name: getattr(figure, name) for name in ("measure", "kind", "bound", "unit", "scope", "perimeter")},
        "value": "" if figure.value is None else written_number(from_scaled(figure.value, unit)),
        "value_max": "" if figure.value_max is None else written_number(from_scaled(figure.value_max, unit)),
        "verified_by": names.of(figure.verified_by),
        "note": say(figure.note),
    }
    return initial, names.kept


def written_statement(statement: Statement) -> tuple[dict[str, Any], dict[str, Subject]]:
    """A loaded statement as it stands in a form, and the subjects by the names that stand for them."""
    names = _Names()
    initial = {
        **_written(statement, names),
        "version": statement.version,
        "kind": statement.kind,
        "words_fr": statement.words.get("fr", ""),
        "words_en": statement.words.get("en", ""),
        "forward": statement.forward,
    }
    return initial, names.kept
