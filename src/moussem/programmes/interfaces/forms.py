"""The forms of the desk: programme, rules, call, award, question, decision."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from moussem.core.actor import Actor
from moussem.directory.models import Person, Place
from moussem.engines.eligibility.criterion import Combination, Comparison, Criterion, Group, Rule
from moussem.engines.values.units import Unit, from_scaled
from moussem.events.models import Event
from moussem.evidence.models import Document
from moussem.programmes.domain.programmes import AwardFacts, CallFacts, ProgrammeFacts, RuleFacts
from moussem.programmes.domain.rules import GIVES_MONEY, UNIT_OF_FACT, RulesUnreadable, rule_of
from moussem.programmes.enums import Decision, Fact, ProgrammeKind
from moussem.programmes.interfaces.fields import OrganisationField, RowField, ScaledField, written
from moussem.programmes.models import Programme, RuleSet
from moussem.projects.models import Project

_ROWS = forms.Textarea(attrs={"rows": 3})
_DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
NONE = gettext_lazy("not stated")


def _texts(said: dict[str, Any], name: str) -> dict[str, str]:
    """The texts of `name_fr` and `name_en` that were filled in."""
    return {code: said[f"{name}_{code}"] for code in ("fr", "en") if said.get(f"{name}_{code}")}


class DeskForm(forms.Form):
    """A form filled in by an actor, who is offered only what it may see."""

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """Tell the fields who asks."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, OrganisationField):
                field.actor = actor
            elif isinstance(field, RowField):
                field.queryset = field.table.objects.visible_to(actor).order_by("pk")  # type: ignore[attr-defined]


class ProgrammeForm(DeskForm):
    """A programme to add."""

    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("programme", "What it gives"), choices=ProgrammeKind.choices)
    giver = OrganisationField(label=pgettext_lazy("programme", "Given by"), required=False)
    place = RowField(Place, label=gettext_lazy("Place"), required=False, empty_label=NONE)
    envelope = ScaledField(
        Unit.MAD, label=gettext_lazy("Envelope"), help_text=gettext_lazy("In dirhams. Empty: not stated."),
        required=False,
    )  # fmt: skip
    purpose_fr = forms.CharField(label=gettext_lazy("Purpose in French"), widget=_ROWS, max_length=600, required=False)
    purpose_en = forms.CharField(label=gettext_lazy("Purpose in English"), widget=_ROWS, max_length=600, required=False)

    @property
    def facts(self) -> ProgrammeFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        return ProgrammeFacts(
            kind=ProgrammeKind(said["kind"]), name=_texts(said, "name"), purpose=_texts(said, "purpose"),
            giver=said["giver"], place=said["place"], envelope=said["envelope"],
        )  # fmt: skip


class CorrectedProgrammeForm(ProgrammeForm):
    """A programme to correct; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def reading(self, version: int) -> None:
        """Take `version` as read, so that sending the form once more is meant."""
        self.data = self.data.copy()
        self.data["version"] = str(version)

    @staticmethod
    def initial_of(row: Programme) -> dict[str, Any]:
        """What the form shows of a programme as it stands."""
        texts = {
            f"{name}_{code}": getattr(row, name).get(code, "") for name in ("name", "purpose") for code in ("fr", "en")
        }
        return {
            "kind": row.kind, "giver": row.giver.name if row.giver else "", "version": row.version,
            "place": row.place.public_id if row.place else None, "envelope": written(row.envelope, Unit.MAD), **texts,
        }  # fmt: skip

    def kept(self, row: Programme) -> ProgrammeFacts:
        """The facts with what the form does not ask: the period and the event stay as they are."""
        facts = self.facts
        return ProgrammeFacts(
            kind=facts.kind, name=facts.name, purpose=facts.purpose, giver=facts.giver, place=facts.place,
            envelope=facts.envelope, event=row.event, period=row.period,
        )  # fmt: skip


class RulesForm(DeskForm):
    """A new version of rules: lines of which all must hold, or of which each alternative opens the door by itself."""

    ROWS = 4
    COMPARISONS = (
        ("from:1", gettext_lazy("at least (this value included)")),
        ("from:0", gettext_lazy("more than")),
        ("up_to:1", gettext_lazy("at most (this value included)")),
        ("up_to:0", gettext_lazy("less than")),
    )
    ALTERNATIVES = (
        ("1", gettext_lazy("First way")),
        ("2", gettext_lazy("Second way")),
        ("3", gettext_lazy("Third way")),
    )

    valid_from = forms.DateField(label=gettext_lazy("In force from"), required=False, **_DAY)
    valid_until = forms.DateField(label=gettext_lazy("In force until"), required=False, **_DAY)
    document = RowField(Document, label=gettext_lazy("Stated in"), required=False, empty_label=NONE)
    quote = forms.CharField(
        label=gettext_lazy("In these words"), max_length=200, required=False,
        help_text=gettext_lazy("At most twelve words of the document."),
    )  # fmt: skip
    remarks_fr = forms.CharField(
        label=gettext_lazy("What the rules also say, in French"), widget=_ROWS, max_length=600, required=False,
        help_text=gettext_lazy("What a person checks: sectors, beneficiaries, uses."),
    )  # fmt: skip
    inferred_fr = forms.CharField(
        label=gettext_lazy("Why these rules are only inferred"), widget=_ROWS, max_length=300, required=False,
        help_text=gettext_lazy("Leave it empty where a source states them as this programme’s rules."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        """Add the lines of the rules."""
        super().__init__(*args, **options)
        for n in range(1, self.ROWS + 1):
            none = [("", gettext_lazy("none"))]
            self.fields |= {
                f"fact_{n}": forms.ChoiceField(
                    label=gettext_lazy("Of"), choices=none + Fact.choices, required=n == 1
                ),
                f"comparison_{n}": forms.ChoiceField(
                    label=pgettext_lazy("rule", "Is asked for"), choices=self.COMPARISONS
                ),
                f"bound_{n}": forms.CharField(label=pgettext_lazy("rule", "Value"), max_length=30, required=False),
                f"way_{n}": forms.ChoiceField(label=gettext_lazy("Way in"), choices=self.ALTERNATIVES),
                f"article_{n}": forms.CharField(label=gettext_lazy("Article"), max_length=60, required=False),
            }  # fmt: skip

    def lines(self) -> Iterator[list[BoundField]]:
        """The fields of each line."""
        for n in range(1, self.ROWS + 1):
            yield [self[f"{name}_{n}"] for name in ("fact", "comparison", "bound", "way", "article")]

    def others(self) -> list[BoundField]:
        """The fields that are of no line."""
        return [self[name] for name in self.fields if not name[-1].isdigit()]

    def clean(self) -> dict[str, Any]:
        """Read each line that names a fact; its value is asked for with it."""
        said: dict[str, Any] = super().clean() or {}
        ways: dict[str, list[Criterion]] = {}
        for n in range(1, self.ROWS + 1):
            criterion = self._criterion(said, n) if said.get(f"fact_{n}") else None
            if criterion is not None:
                ways.setdefault(said.get(f"way_{n}", "1"), []).append(criterion)
        said["ways"] = [tuple(ways[way]) for way in sorted(ways)]
        return said

    def _criterion(self, said: dict[str, Any], n: int) -> Criterion | None:
        fact, comparison = Fact(said[f"fact_{n}"]), said.get(f"comparison_{n}")
        unit = UNIT_OF_FACT[fact]
        try:
            bound = ScaledField(unit, required=False).clean(said.get(f"bound_{n}", ""))
        except forms.ValidationError as wrong:
            self.add_error(f"bound_{n}", wrong)
            return None
        if bound is None:
            self.add_error(f"bound_{n}", _("State the value of this rule, or take the line away."))
        if bound is None or not comparison:
            return None
        side, _colon, included = comparison.partition(":")
        return Criterion(fact.value, unit, Comparison(side), bound, included == "1", said.get(f"article_{n}", ""))

    @property
    def facts(self) -> RuleFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        groups = tuple(Group(Combination.ALL, way) for way in said["ways"])
        rule: Rule = groups[0] if len(groups) == 1 else Group(Combination.ANY, groups)
        return RuleFacts(
            rule=rule, valid_from=said["valid_from"], valid_until=said["valid_until"],
            inferred=_texts(said, "inferred"), remarks=_texts(said, "remarks"),
        )  # fmt: skip

    @classmethod
    def initial_of(cls, rule_set: RuleSet | None) -> dict[str, Any]:
        """The lines of the newest version, to begin from; none where there is no version, or one of another shape."""
        if rule_set is None:
            return {}
        try:
            rule = rule_of(rule_set.criteria)
        except RulesUnreadable:
            return {}
        initial: dict[str, Any] = {}
        for n, (way, criterion) in enumerate(_ways(rule), start=1):
            bound = from_scaled(criterion.bound, criterion.unit)
            initial |= {
                f"fact_{n}": criterion.fact, f"bound_{n}": f"{bound:f}", f"way_{n}": str(way),
                f"comparison_{n}": f"{criterion.comparison}:{int(criterion.included)}",
                f"article_{n}": criterion.article,
            }  # fmt: skip
        return initial


def _ways(rule: Rule) -> Iterator[tuple[int, Criterion]]:
    """Each criterion with the way in it belongs to, for rules of the shape that the form writes."""
    ways = rule.parts if isinstance(rule, Group) and rule.combination is Combination.ANY else (rule,)
    for n, way in enumerate(ways, start=1):
        for part in way.parts if isinstance(way, Group) else (way,):
            if isinstance(part, Criterion):
                yield n, part


class CallForm(DeskForm):
    """A call to open: under the newest rules unless others are chosen."""

    name_fr = forms.CharField(label=gettext_lazy("Name in French"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=200, required=False)
    opens_on = forms.DateField(label=gettext_lazy("Opens on"), **_DAY)
    closes_on = forms.DateField(label=gettext_lazy("Last day"), help_text=gettext_lazy("This day is included."), **_DAY)
    envelope = ScaledField(
        Unit.MAD, label=gettext_lazy("Envelope of this call"), required=False,
        help_text=gettext_lazy("In dirhams. Empty: only the programme’s envelope holds."),
    )  # fmt: skip
    publish = forms.BooleanField(label=gettext_lazy("Show it to the public"), required=False, initial=True)

    def __init__(self, *args: Any, rule_sets: list[RuleSet], **options: Any) -> None:
        """Offer the versions of the rules."""
        super().__init__(*args, **options)
        self.rule_sets = {str(row.number): row for row in rule_sets}
        offered = [(number, _("Version %(number)s") % {"number": number}) for number in self.rule_sets]
        self.fields["rules"] = forms.ChoiceField(label=gettext_lazy("Rules"), choices=offered)

    def clean(self) -> dict[str, Any]:
        """A call does not close before it opens."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("opens_on") and said.get("closes_on") and said["closes_on"] < said["opens_on"]:
            self.add_error("closes_on", _("The last day comes before the first one. Correct one of them."))
        return said

    @property
    def facts(self) -> CallFacts:
        """What was filled in, once it is valid; days of the promoter's own clock."""
        said = self.cleaned_data
        return CallFacts(
            rule_set=self.rule_sets[said["rules"]], name=_texts(said, "name"), opens_at=_midnight(said["opens_on"]),
            closes_at=_midnight(said["closes_on"] + timedelta(days=1)), envelope=said["envelope"],
        )  # fmt: skip


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class AwardForm(DeskForm):
    """An award to record: the winner named, or described."""

    category_fr = forms.CharField(label=gettext_lazy("Award, in French"), max_length=200)
    category_en = forms.CharField(label=gettext_lazy("Award, in English"), max_length=200, required=False)
    organisation = OrganisationField(label=gettext_lazy("Winner (organisation)"), required=False)
    person = RowField(Person, label=gettext_lazy("Winner (person)"), required=False, empty_label=NONE)
    words_fr = forms.CharField(
        label=gettext_lazy("Winner described"), max_length=300, required=False,
        help_text=gettext_lazy("Where the winner is not named: as the source describes them."),
    )  # fmt: skip
    count = forms.IntegerField(label=gettext_lazy("How many of this kind"), min_value=1, max_value=999, initial=1)
    event = RowField(Event, label=gettext_lazy("Given at"), required=False, empty_label=NONE)

    @property
    def facts(self) -> AwardFacts:
        """What was filled in, once it is valid."""
        said = self.cleaned_data
        return AwardFacts(
            category=_texts(said, "category"), organisation=said["organisation"], person=said["person"],
            words=_texts(said, "words"), event=said["event"], count=said["count"],
        )  # fmt: skip


class MoreForm(forms.Form):
    """What is asked of the applicant."""

    words = forms.CharField(
        label=gettext_lazy("What is missing"), widget=_ROWS, max_length=500,
        help_text=gettext_lazy("The applicant reads these words in a letter and on the application."),
    )  # fmt: skip


class LandForm(forms.Form):
    """Which project an accepted application is: one of the applicant's, or a new one."""

    project = RowField(
        Project, label=gettext_lazy("Project"), required=False, empty_label=gettext_lazy("a new project"),
        help_text=gettext_lazy("Where it is accepted it is followed as a project. Choose the one that exists already."),
    )  # fmt: skip

    def __init__(self, *args: Any, projects: "QuerySet[Project]", **options: Any) -> None:
        """Offer the applicant's projects."""
        super().__init__(*args, **options)
        self.fields["project"].queryset = projects


class DecisionForm(LandForm):
    """The decision: an amount where the programme gives money, a reason where it is refused."""

    field_order = ("decision", "amount", "words", "project")

    decision = forms.ChoiceField(
        label=pgettext_lazy("determination", "Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("Reason"), widget=_ROWS, max_length=500, required=False,
        help_text=gettext_lazy("Needed for a refusal. It stands in the letter."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        """Ask for an amount where the programme gives money."""
        super().__init__(*args, **options)
        if kind in GIVES_MONEY:
            amount = ScaledField(
                Unit.MAD, label=gettext_lazy("Amount"), help_text=gettext_lazy("In dirhams, where it is accepted."),
                required=False,
            )  # fmt: skip
            self.fields["amount"] = amount
            self.order_fields(self.field_order)

    @property
    def wanted(self) -> dict[str, Any]:
        """What the domain's verb takes, once it is valid; a refusal has no amount."""
        said = self.cleaned_data
        decision = Decision(said["decision"])
        given = {"amount": said.get("amount"), "project": said["project"]} if decision == Decision.AWARD else {}
        return {"decision": decision, "words": said["words"], **given}
