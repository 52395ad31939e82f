"""The forms of projects. Nothing is saved here."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.models import Establishment
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure, rules
from moussem.engines.values.units import to_scaled
from moussem.evidence.domain.figures import FigureFacts, Teller
from moussem.evidence.enums import BOUND_LABELS, MEASURE_LABELS, Kind, SubjectKind
from moussem.projects.domain.openings import OPENING
from moussem.projects.domain.projects import ProjectFacts
from moussem.projects.enums import ProjectStatus, Stage
from moussem.projects.interfaces.fields import AmountField, DateField, NamedField
from moussem.projects.models import Project

BOUNDS = tuple(bound for bound in Bound if bound is not Bound.RANGE)


def in_this_language(words: str) -> dict[str, str]:
    """A text that somebody typed, under the language in which they work; nothing for an empty one."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return {language: words} if words else {}


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


class ProjectForm(ActorForm):
    """An investment to open."""

    organisation = NamedField(
        label=gettext_lazy("Who invests"), kinds=(SubjectKind.ORGANISATION,), row="organisation",
        list_id="organisations", required=False,
    )  # fmt: skip
    park = NamedField(
        label=gettext_lazy("Park"), kinds=(SubjectKind.PARK,), row="park", list_id="parks", required=False
    )
    place = NamedField(
        label=gettext_lazy("Place"), kinds=(SubjectKind.PLACE,), row="place", list_id="places", required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("Empty: who invests, and where."), max_length=200,
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for a name where nobody is named."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("name") and not cleaned.get("organisation"):
            self.add_error("organisation", _("Name who invests, or give the project a name."))
        return cleaned

    @property
    def facts(self) -> ProjectFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        return ProjectFacts(
            name=in_this_language(self.title), organisation=said["organisation"], place=said["place"], park=said["park"]
        )

    @property
    def title(self) -> str:
        """The name, or who invests and where."""
        said = self.cleaned_data
        around = said["park"] or said["place"]
        made = ", ".join(str(part) for part in (said["organisation"], around) if part)
        return str(said["name"] or made)[:200]


class CorrectForm(ProjectForm):
    """An investment to correct; `version` is the one that was read."""

    establishment = forms.ModelChoiceField(
        label=gettext_lazy("Establishment"), queryset=None, required=False, to_field_name="public_id",
        empty_label=gettext_lazy("not stated"),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        self.project = project
        super().__init__(*args, initial=written_project(project), **options)
        rows = Establishment.objects.visible_to(self.actor).filter(organisation=project.organisation_id or 0)
        self.fields["establishment"].queryset = rows.select_related("park", "place").order_by("pk")
        self.fields["establishment"].label_from_instance = lambda row: str(row.park or row.place)

    @property
    def facts(self) -> ProjectFacts:
        """What was filled in; a name that was not touched keeps its other languages."""
        said, known = self.cleaned_data, self.project.name
        name = known if self.title == say(known) else {**known, **in_this_language(self.title)}
        return ProjectFacts(
            name=name, organisation=said["organisation"], place=said["place"], park=said["park"],
            establishment=said["establishment"], owner=self.project.owner,
        )  # fmt: skip


def written_project(project: Project) -> dict[str, Any]:
    """A project as it stands in a form."""
    return {
        "version": project.version,
        "name": say(project.name),
        "organisation": project.organisation.name if project.organisation else "",
        "park": project.park.name if project.park else "",
        "place": say(project.place.name) if project.place else "",
        "establishment": project.establishment.public_id if project.establishment else None,
    }


class PromiseForm(ActorForm):
    """What the investment promises."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How it is promised"),
        choices=[(kind.value, kind.label) for kind in (Kind.ANNOUNCED, Kind.CONTRACTED)],
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Of what"), choices=[(m.value, MEASURE_LABELS[m]) for m in OPENING],
        initial=Measure.JOBS.value,
    )  # fmt: skip
    bound = forms.ChoiceField(
        label=gettext_lazy("Bound"), choices=[(b.value, BOUND_LABELS[b]) for b in BOUNDS], initial=Bound.EQUAL.value
    )
    value = AmountField(label=gettext_lazy("Number"), help_text=gettext_lazy("Empty: not stated. Money in dirhams."))
    horizon = DateField(
        label=gettext_lazy("By when"), help_text=gettext_lazy("2028, 2028-06, or “in time”. Empty: not stated.")
    )
    said_by = forms.CharField(label=gettext_lazy("Said by"), max_length=200, required=False)

    def facts(self) -> FigureFacts:
        """The promise as the domain takes it; `LossOfDigits` where the unit cannot hold the number."""
        said = self.cleaned_data
        measure = Measure(said["measure"])
        unit = rules(measure).units[0]
        stated = said["value"] is not None
        return FigureFacts(
            measure=measure, unit=unit, kind=Kind(said["kind"]), horizon=said["horizon"],
            value=to_scaled(said["value"], unit) if stated else None,
            bound=Bound(said["bound"]) if stated else Bound.EQUAL, teller=Teller(words=said["said_by"]),
        )  # fmt: skip


class BackForm(ActorForm):
    """Back to an earlier stage, and why."""

    stage = forms.ChoiceField(label=gettext_lazy("Back to"))
    words = forms.CharField(label=gettext_lazy("Why"), max_length=300)

    def __init__(self, *args: Any, earlier: tuple[Stage, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = [(stage.value, stage.label) for stage in reversed(earlier)]


class EvidenceForm(ActorForm):
    """What shows that the project has come so far."""

    words = forms.CharField(
        label=gettext_lazy("What shows it"),
        help_text=gettext_lazy("A signed lease, a visit, a payroll total: what the second person can look at."),
        max_length=300,
    )


class AnswerForm(ActorForm):
    """Why a passage is refused."""

    words = forms.CharField(label=gettext_lazy("Why it is refused"), max_length=300)


class StatusForm(ActorForm):
    """How the project fares."""

    status = forms.ChoiceField(label=pgettext_lazy("project", "Status"), choices=ProjectStatus.choices)
    words = forms.CharField(label=gettext_lazy("Why"), max_length=300, required=False)
    lost_to = forms.CharField(
        label=gettext_lazy("Which destination won"), help_text=gettext_lazy("Only for a lost project."),
        max_length=200, required=False,
    )  # fmt: skip
