"""All that the pages of programmes, calls and applications show, for an actor."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import get_language

from moussem.core.actor import Actor
from moussem.core.components import Event as Drawn
from moussem.core.components import FigureLine, SourceMark
from moussem.core.formats import money
from moussem.core.keyset import RowPage, page_newest
from moussem.core.texts import say
from moussem.directory.domain.queries.brief import BriefLine, address_of, name_of
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.models import Organisation
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit, from_scaled
from moussem.evidence.domain.queries.lines import measure_label
from moussem.evidence.domain.queries.timeline import figure_entries, statement_entries
from moussem.programmes.domain.applications import is_open
from moussem.programmes.domain.queries.envelopes import Envelope, envelope_of_call, envelope_of_programme
from moussem.programmes.domain.rules import GIVES_MONEY, RulesUnreadable, facts_of
from moussem.programmes.domain.words import Answer, RuleLine, answer, rule_lines
from moussem.programmes.enums import ApplicationState, ProgrammeKind
from moussem.programmes.models import Application, Award, Call, Determination, Programme, RuleSet
from moussem.projects.domain.queries.projects import page_of
from moussem.projects.models import Project

MOST = 60
"""How many figures and statements of a programme its page shows."""


def dirhams(scaled: int | None) -> str | None:
    """An amount in hundredths as the reader writes it; None where it is not stated."""
    return None if scaled is None else money(from_scaled(scaled, Unit.MAD), "MAD")


@dataclass(frozen=True, slots=True)
class RuleSetView:
    """One version of rules in words, with its sources; `lines` None where they cannot be read."""

    rule_set: RuleSet
    lines: Sequence[RuleLine] | None
    remarks: str
    inferred: str
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class AwardView:
    """An award: who got it ("" where nobody is named), the words that describe them, and the sources."""

    award: Award
    winner: str
    url: str
    words: str
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class EnvelopeView:
    """An envelope in words; None where it is not stated. Without calls here nobody knows what is left of it."""

    stated: str | None
    committed: str | None
    left: str | None

    @classmethod
    def of(cls, envelope: Envelope) -> "EnvelopeView":
        """The words of an envelope."""
        return cls(dirhams(envelope.stated), dirhams(envelope.committed), dirhams(envelope.left))


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call and whether one may apply to it now."""

    call: Call
    is_open: bool


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme with everything that the actor may see of it. `envelope` None: it gives no money. What is stated of
    its rules comes before what is inferred.
    """

    programme: Programme
    name: str
    purpose: str
    giver: BriefLine | None
    envelope: EnvelopeView | None
    envelope_sources: Sequence[SourceMark]
    rule_sets: Sequence[RuleSetView]
    calls: Sequence[CallLine]
    awards: Sequence[AwardView]
    figures: Sequence[FigureLine]
    statements: Sequence[Drawn]
    sources: Sequence[SourceMark]
    tried: RuleSet | None


def programmes(actor: Actor, *, kind: str = "", after: str = "", own: bool = False) -> RowPage:
    """Programmes an actor may see, the newest first; with `own`, only those of the actor's promoter."""
    rows = Programme.objects.visible_to(actor).select_related("giver", "place")
    if own:
        rows = rows.filter(promoter=actor.promoter_pk)
    if kind in ProgrammeKind.values:
        rows = rows.filter(kind=kind)
    return page_newest(rows, after)


def programme_page(actor: Actor, programme: Programme, *, at: datetime) -> ProgrammePage:
    """Everything of a programme, each part with its sources."""
    rule_sets = list(rule_sets_of(actor, programme))
    awards = _awards_of(actor, programme)
    keys = [programme.public_id, *(row.public_id for row in (*rule_sets, *awards))]
    marks = marks_of(actor, keys)
    figures = [entry.event for entry in figure_entries(actor, [programme.subject_id], None, MOST)]
    calls = [CallLine(call, is_open(call, at=at)) for call in calls_of(actor, programme)]
    return ProgrammePage(
        programme=programme,
        name=say(programme.name),
        purpose=say(programme.purpose),
        giver=giver_line(programme),
        envelope=_envelope(programme, has_calls=bool(calls)),
        envelope_sources=_stating(figures, measure_label(Measure.ENVELOPE)),
        rule_sets=[_rule_set_view(row, marks) for row in sorted(rule_sets, key=lambda row: bool(row.inferred_words))],
        calls=calls,
        awards=award_views(awards, marks),
        figures=[replace(line, label=event.title) for event in figures for line in event.figures],
        statements=[entry.event for entry in statement_entries(actor, [programme.subject_id], None, MOST)],
        sources=marks.get(programme.public_id, ()),
        tried=tried_rules(rule_sets),
    )


def acted_for(actor: Actor) -> "QuerySet[Organisation]":
    """The organisations that the actor acts for, by name."""
    return Organisation.objects.filter(pk__in=actor.organisation_pks).order_by("folded", "pk")


def rule_sets_of(actor: Actor, programme: Programme) -> "QuerySet[RuleSet]":
    """The versions of a programme's rules, the newest first."""
    return RuleSet.objects.visible_to(actor).filter(programme=programme).order_by("-number")


def tried_rules(rule_sets: Iterable[RuleSet]) -> RuleSet | None:
    """The version that answers where nobody chooses one: the newest stated one; what is inferred is only chosen."""
    return next((row for row in rule_sets if not row.inferred_words), None)


def calls_of(actor: Actor, programme: Programme) -> "QuerySet[Call]":
    """The calls of a programme, the newest first."""
    return Call.objects.visible_to(actor).filter(programme=programme).order_by("-opens_at", "-pk")


def _awards_of(actor: Actor, programme: Programme) -> list[Award]:
    rows = Award.objects.visible_to(actor).filter(programme=programme).select_related("organisation", "person")
    return list(rows.order_by("position", "pk"))


def award_views(awards: Iterable[Award], marks: Marks) -> list[AwardView]:
    """Awards with their winners (loaded); a winner who is not public is not named to the public."""
    return [_award_view(award, marks.get(award.public_id, ())) for award in awards]


def _award_view(award: Award, sources: tuple[SourceMark, ...]) -> AwardView:
    winner = next((w for w in (award.person, award.organisation) if w is not None and w.is_published), None)
    name = "" if winner is None else winner.name if award.person is winner else name_of(award.organisation)
    return AwardView(
        award, name, address_of(winner) if winner and winner.is_published else "", say(award.words), sources
    )


def giver_line(programme: Programme) -> BriefLine | None:
    """Who gives, where the giver is public."""
    giver = programme.giver
    return BriefLine(name_of(giver), address_of(giver)) if giver is not None and giver.is_published else None


def _envelope(programme: Programme, *, has_calls: bool) -> EnvelopeView | None:
    if programme.kind not in GIVES_MONEY and programme.envelope is None:
        return None
    if not has_calls:
        return EnvelopeView(dirhams(programme.envelope), None, None)
    return EnvelopeView.of(envelope_of_programme(programme))


def _stating(events: Iterable[Drawn], label: str) -> tuple[SourceMark, ...]:
    """The sources of the figures of one measure among `events`."""
    lines = (line for event in events if event.title.startswith(label) for line in event.figures)
    return tuple({mark.key: mark for line in lines for mark in line.sources}.values())


def _rule_set_view(row: RuleSet, marks: Mapping[uuid.UUID, tuple[SourceMark, ...]]) -> RuleSetView:
    try:
        lines = rule_lines(row.criteria)
    except RulesUnreadable:
        lines = None
    return RuleSetView(row, lines, say(row.remarks), say(row.inferred_words), marks.get(row.public_id, ()))


@dataclass(frozen=True, slots=True)
class CallPage:
    """A call with its rules; `envelope` None where the programme gives no money."""

    call: Call
    name: str
    programme: Programme
    is_open: bool
    rules: RuleSetView
    envelope: EnvelopeView | None


def call_page(actor: Actor, call: Call, *, at: datetime) -> CallPage:
    """Everything of a call (programme and rule set loaded) that the actor may see."""
    marks = marks_of(actor, [call.rule_set.public_id])
    of_call, gives = envelope_of_call(call), call.programme.kind in GIVES_MONEY
    shown = of_call if of_call.stated is not None else envelope_of_programme(call.programme)
    return CallPage(
        call=call, name=say(call.name), programme=call.programme, is_open=is_open(call, at=at),
        rules=_rule_set_view(call.rule_set, marks), envelope=EnvelopeView.of(shown) if gives else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """An application, what the rules say of it now, once it is decided what was frozen, and the project it became.

    `frozen_reasons` are the words of the decision in the reader's language.
    """

    application: Application
    programme: str
    call: str
    asked_for: str | None
    answer: Answer | None
    determination: Determination | None
    amount: str | None
    frozen_headline: str
    frozen_reasons: Sequence[str]
    envelope: EnvelopeView | None
    project: BriefLine | None


def applications(actor: Actor, *, state: str = "", call: str = "", after: str = "", own: bool = False) -> RowPage:
    """Applications an actor may see, the newest first; with `own`, those of the actor's promoter, else those of the
    organisations it acts for.
    """
    rows = loaded_applications(actor)
    rows = rows.filter(promoter=actor.promoter_pk) if own else rows.filter(organisation__in=actor.organisation_pks)
    if state in ApplicationState.values:
        rows = rows.filter(state=state)
    if call:
        rows = rows.filter(call__public_id=call)
    page = page_newest(rows, after)
    for row in page.rows:
        row.answered = answer_of(row) if row.state in UNDER_WAY else None
    return page


UNDER_WAY = (ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.MORE_ASKED)


def loaded_applications(actor: Actor) -> "QuerySet[Application]":
    """Applications with all that their pages show."""
    rows = Application.objects.visible_to(actor)
    return rows.select_related(
        "organisation", "promoter", "call__programme", "call__rule_set", "determination", "project__promoter"
    )


def answer_of(application: Application) -> Answer | None:
    """What the rules of its call say of an application now (loaded); None where the rules cannot be read."""
    try:
        return answer(application.call.rule_set, facts_of(application.values))
    except RulesUnreadable:
        return None


def application_page(actor: Actor, application: Application) -> ApplicationPage:
    """Everything of an application (loaded); what is left of the envelope is for the promoter's staff."""
    row: Determination | None = getattr(application, "determination", None)
    words = row.assessment["words"] if row else {}
    spoken = words.get(_language()) or words.get("fr") or {"headline": "", "reasons": []}
    of_call = envelope_of_call(application.call)
    shown = of_call if of_call.stated is not None else envelope_of_programme(application.call.programme)
    gives = application.call.programme.kind in GIVES_MONEY and actor.within(application.promoter_id)
    return ApplicationPage(
        application=application,
        programme=say(application.call.programme.name),
        call=say(application.call.name),
        asked_for=dirhams(application.asked_for),
        answer=None if row else answer_of(application),
        determination=row,
        amount=dirhams(row.amount) if row else None,
        frozen_headline=spoken["headline"],
        frozen_reasons=spoken["reasons"],
        envelope=EnvelopeView.of(shown) if gives else None,
        project=_project_line(actor, application.project) if application.project else None,
    )


def _project_line(actor: Actor, project: Project) -> BriefLine:
    return BriefLine(say(project.name), page_of(actor, project), str(project.get_stage_display()))


def applications_to_decide(actor: Actor) -> "QuerySet[Application]":
    """The applications that wait for a fund officer's decision or question."""
    own = Application.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    return own.filter(state=ApplicationState.SUBMITTED)


def open_calls(actor: Actor, *, at: datetime) -> list[Call]:
    """The published calls to which one may apply now, those that close first on top."""
    rows = Call.objects.visible_to(actor).filter(published_at__isnull=False, opens_at__lte=at, closes_at__gt=at)
    return list(rows.select_related("programme").order_by("closes_at", "pk")[:MOST])


def _language() -> str:
    return (get_language() or "fr").split("-")[0]
