"""The forms of a target list: its criteria, the answers about one target, the four questions, proposals."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Branch, Organisation, Place
from moussem.engines.targeting.criterion import LEAST_WEIGHT, MOST_WEIGHT
from moussem.events.models import Event, GuestKind
from moussem.guests.domain.criteria import Draft
from moussem.guests.domain.prequalification import Said
from moussem.guests.domain.queries.facts import phrase
from moussem.guests.domain.queries.proposals import Proposal
from moussem.guests.domain.queries.standing import Questions
from moussem.guests.enums import CriterionField, LegalBasis, PrequalificationQuestion, Verdict
from moussem.guests.interfaces.forms import RowField
from moussem.guests.interfaces.reasons import Reason, criterion_words, language_name, reason_of
from moussem.guests.models import Criterion, Judgement, Standing, Target

FIRST_WEIGHT = 20
ROLE_LETTERS = 200
BODIES = ("association", "club", "federation")
LARGEST = 10_000_000
Value = Mapping[str, Any]


def offered_values(actor: Actor, field: CriterionField) -> list[Value]:
    """The values that a criterion of a field can look for, in the order of their names; none where it is typed."""
    match field:
        case CriterionField.ORGANISATION_KIND:
            return [{"key": kind.value, "label": kind.value} for kind in OrganisationKind]
        case CriterionField.LANGUAGE:
            return [{"key": code, "label": code} for code, _name in settings.GUEST_LANGUAGES]
        case CriterionField.BRANCH:
            rows = Branch.objects.visible_to(actor).order_by("code", "pk")
            return [{"key": row.code, "label": row.name} for row in {row.code: row for row in rows}.values()]
        case CriterionField.SEAT | CriterionField.PRESENCE:
            return _places(actor)
        case CriterionField.MEMBERSHIP:
            bodies = Organisation.objects.visible_to(actor).filter(kind__in=BODIES, canonical=None)
            named = bodies.order_by("folded", "pk").values_list("public_id", "name")
            return [{"key": str(key), "label": name} for key, name in named]
    return []


def _places(actor: Actor) -> list[Value]:
    rows = Place.objects.visible_to(actor).select_related("within__within")
    found = []
    for place in rows:
        top = place
        while top.within is not None:
            top = top.within
        found.append({"key": str(place.public_id), "label": place.name, "country": str(top.public_id)})
    return sorted(found, key=lambda value: say(value["label"]).casefold())


def _shown(field: CriterionField, value: Value) -> str:
    if field == CriterionField.ORGANISATION_KIND:
        return str(OrganisationKind(value["label"]).label)
    if field == CriterionField.LANGUAGE:
        return language_name(value["label"])
    name = value["label"] if isinstance(value["label"], str) else say(value["label"])
    return f"{name} ({value['key']})" if field == CriterionField.BRANCH and value["key"] not in name else name


class CriterionForm(forms.Form):
    """A criterion of one field, new or to correct: what is looked for, and the weight."""

    values = forms.MultipleChoiceField(label=_("Any one of"), widget=forms.CheckboxSelectMultiple)
    low = forms.IntegerField(label=_("From"), min_value=0, max_value=LARGEST, required=False)
    high = forms.IntegerField(label=_("Up to"), min_value=0, max_value=LARGEST, required=False)
    words = forms.CharField(
        label=_("Words of the role"), max_length=ROLE_LETTERS,
        help_text=_("Separated by commas: IT director, managing director, head of purchasing."),
    )  # fmt: skip
    question = forms.CharField(
        label=_("The question"), max_length=200,
        help_text=_("You answer it for each guest; the guest may read it: “Told us of a project abroad”."),
    )  # fmt: skip
    weight = forms.IntegerField(
        label=_("Weight"), min_value=LEAST_WEIGHT, max_value=MOST_WEIGHT, initial=FIRST_WEIGHT,
        help_text=_("From 1 to 100: how much it counts beside the others."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    def __init__(
        self, *args: Any, actor: Actor, field: CriterionField, row: Criterion | None = None, **options: Any
    ) -> None:
        """With a `row` the form shows it as it stands."""
        super().__init__(*args, initial=_initial_of(row) if row else {}, **options)
        self.field = field
        self.offered = {value["key"]: value for value in offered_values(actor, field)}
        for value in row.values if row else ():
            self.offered.setdefault(value["key"], value)
        asked = _ASKED.get(field, ("values",))
        for name in ("values", "low", "high", "words", "question"):
            if name not in asked:
                del self.fields[name]
        if "values" in self.fields:
            choices: Any = self.fields["values"]
            choices.choices = [(key, _shown(field, value)) for key, value in self.offered.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for one end of a number at least, in order, and for one word at least."""
        said: dict[str, Any] = super().clean() or {}
        low, high = said.get("low"), said.get("high")
        if "low" in self.fields and not self.errors:
            if low is None and high is None:
                self.add_error("low", _("State one of the two numbers at least."))
            elif low is not None and high is not None and low > high:
                self.add_error("high", _("The lower number is above the upper one."))
        if "words" in self.fields and "words" in said and not self._roles():
            self.add_error("words", _("Write one word of a role at least."))
        return said

    def _roles(self) -> list[Value]:
        words = dict.fromkeys(part.strip() for part in self.cleaned_data["words"].split(","))
        return [{"key": phrase(word), "label": word} for word in words if phrase(word)]

    @property
    def draft(self) -> Draft:
        """What the criterion is to say, once it is valid."""
        said = self.cleaned_data
        values: Iterable[Value] = [self.offered[key] for key in said.get("values", ())]
        if "words" in self.fields:
            values = self._roles()
        return Draft(
            field=self.field, weight=said["weight"], values=tuple(values), low=said.get("low"), high=said.get("high"),
            question=said.get("question", ""),
        )  # fmt: skip

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


_ASKED: Mapping[CriterionField, Sequence[str]] = {
    CriterionField.SIZE: ("low", "high"),
    CriterionField.ROLE: ("words",),
    CriterionField.CAME_BEFORE: (),
    CriterionField.QUESTION: ("question",),
}


def _initial_of(row: Criterion) -> dict[str, Any]:
    return {
        "values": [value["key"] for value in row.values], "low": row.low, "high": row.high, "question": row.question,
        "weight": row.weight, "version": row.version,
        "words": ", ".join(str(value["label"]) for value in row.values if row.field == CriterionField.ROLE),
    }  # fmt: skip


SAYS = [("", _("not answered")), *Verdict.choices]


class _AnswersForm(forms.Form):
    """An answer with words to each of several questions, in pairs of fields."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def ask(self, name: str, label: str, answer: str, words: str, help_text: str = "") -> None:
        """Add a pair of fields, as answered before ("": not)."""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=SAYS, required=False, initial=answer, help_text=help_text
        )
        self.fields[f"{name}_words"] = forms.CharField(
            label=_("In a few words"), required=False, max_length=300, initial=words
        )

    def said_of(self, name: str) -> tuple[Verdict | None, str]:
        """The answer of a pair, once it is valid."""
        answer = self.cleaned_data[name]
        return (Verdict(answer) if answer else None), self.cleaned_data[f"{name}_words"]

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields in pairs, for the page."""
        names = [name for name in self.fields if f"{name}_words" in self.fields]
        return [(self[name], self[f"{name}_words"]) for name in names]

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)


class QuestionsForm(_AnswersForm):
    """The four questions about a target."""

    def __init__(self, *args: Any, target: Target, questions: Questions, **options: Any) -> None:
        super().__init__(*args, initial={"version": target.version}, **options)
        for one in questions.asked:
            answer, words = (one.row.answer, one.row.words) if one.row else ("", "")
            self.ask(one.question.value, str(one.question.label), answer, words)

    @property
    def said(self) -> Said:
        """The answers, once they are valid."""
        return {question: self.said_of(question.value) for question in PrequalificationQuestion}


def _directory_says(known: Judgement | None, reason: Reason | None) -> str:
    if known is not None or reason is None:
        return gettext("Left unanswered, what the directory says counts.")
    says = {"answer": reason.answer, "words": reason.rests_on}
    return gettext("The directory says: %(answer)s (%(words)s). Left unanswered, that counts.") % says


class JudgementsForm(_AnswersForm):
    """What somebody of the team answers to the criteria about a target, in the place of what the directory says."""

    def __init__(
        self, *args: Any, target: Target, criteria: Sequence[Criterion], said: Mapping[int, Judgement],
        standing: Standing | None, **options: Any,
    ) -> None:  # fmt: skip
        """The hint of each says what counts without an answer: what the directory says."""
        super().__init__(*args, initial={"version": target.version}, **options)
        self.criteria = {f"c{number}": row for number, row in enumerate(criteria)}
        lines = {line["criterion"]: reason_of(line) for line in standing.assessment} if standing else {}
        for name, row in self.criteria.items():
            known = said.get(row.pk)
            hint = "" if row.field == CriterionField.QUESTION else _directory_says(known, lines.get(str(row.public_id)))
            answer, words = (known.answer, known.words) if known else ("", "")
            self.ask(name, criterion_words(row), answer, words, hint)

    @property
    def said(self) -> dict[Criterion, tuple[Verdict | None, str]]:
        """The answers, once they are valid."""
        return {row: self.said_of(name) for name, row in self.criteria.items()}


class ProposalsForm(forms.Form):
    """Whom of the proposed people to put on the list, as which kind of guest and on which ground."""

    people = forms.MultipleChoiceField(label=_("People"), error_messages={"required": _("Choose somebody first.")})
    guest_kind = RowField(label=_("Kind of guest"), required=False, empty_label=_("no kind"))
    legal_basis = forms.ChoiceField(
        label=_("On which ground we write to them"), required=False,
        choices=[("", _("not stated")), *LegalBasis.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, event: Event, proposed: Sequence[Proposal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposed = {str(one.person.public_id): one for one in proposed}
        people: Any = self.fields["people"]
        people.choices = [(key, one.person.name) for key, one in self.proposed.items()]
        kinds: Any = self.fields["guest_kind"]
        kinds.queryset = GuestKind.objects.visible_to(actor).filter(event=event).order_by("position", "pk")

    @property
    def chosen(self) -> list[Proposal]:
        """The chosen proposals, once it is valid."""
        return [self.proposed[key] for key in self.cleaned_data["people"]]


class ObjectionForm(forms.Form):
    """A person's objection, with a word where they like."""

    words = forms.CharField(
        label=_("A word, if you like"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
