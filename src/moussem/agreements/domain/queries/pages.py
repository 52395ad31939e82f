"""All that the pages of agreements show, for an actor."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from moussem.agreements.enums import AgreementState, DutyKind
from moussem.agreements.models import Agreement, Obligation, Party
from moussem.core.actor import Actor
from moussem.core.addresses import address_for, public_address
from moussem.core.asking import Reading, answered, question, side_by_side
from moussem.core.components import Event as Drawn
from moussem.core.components import FigureLine, SourceMark
from moussem.core.texts import say
from moussem.core.timelines import Moment, older_than
from moussem.directory.domain.queries.brief import address_of, name_of
from moussem.directory.domain.queries.cited import Marks, marks_of
from moussem.directory.models import Organisation
from moussem.engines.values.kinds import Kind
from moussem.engines.values.units import Unit, from_scaled
from moussem.events.models import Event
from moussem.evidence.domain.queries.lines import measure_label
from moussem.evidence.domain.queries.timeline import statement_entries

PAGE = 50
MOST = 60
"""How many statements about an act its page shows."""
_LOADED = ("event", "place", "promoter")


@dataclass(frozen=True, slots=True)
class PartyLine:
    """Who agrees: name, page ("" where there is none to open), capacity, and who signs with their page."""

    name: str
    url: str
    capacity: str
    signatory: str
    signatory_url: str


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """What a line said before it was amended, and by what it was."""

    obligation: Obligation
    words: str
    figure: FigureLine | None
    reason: str


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A line of an act. `debtor` "" and `figure` None: not stated. `sources` are those of the line itself.

    `earlier` is what it said before, the last first.
    """

    obligation: Obligation
    words: str
    debtor: str
    figure: FigureLine | None
    evidence_asked: str
    sources: tuple[SourceMark, ...]
    earlier: tuple[EarlierLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An act in a list: its name, the page on which the actor reads it, who signs, and its sources where asked for."""

    agreement: Agreement
    title: str
    url: str
    parties: tuple[str, ...]
    sources: tuple[SourceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class AgreementList:
    """A page of agreements, newest first, those without a stated date last; `older` is the next page's cursor."""

    rows: Sequence[AgreementRow]
    older: str = ""
    is_first: bool = True
    state: str = ""

    @property
    def older_url(self) -> str:
        """The query of the next page, with what the list is narrowed to."""
        return "?" + urlencode({"state": self.state, "before": self.older})


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """An act with who signs and who owes what; obligations and objectives apart. `one_sided`: its source names but one
    party, and two agree. `signatories_unstated`: it is signed, and by which people is not stated.
    """

    agreement: Agreement
    title: str
    purpose: str
    parties: Sequence[PartyLine]
    one_sided: bool
    obligations: Sequence[ObligationLine]
    objectives: Sequence[ObligationLine]
    signatories_unstated: bool
    statements: Sequence[Drawn]
    event_name: str
    event_url: str
    place_name: str
    place_url: str
    sources: tuple[SourceMark, ...]


def agreements_seen(actor: Actor, *, own: bool = False) -> "QuerySet[Agreement]":
    """The acts an actor may see, or only those of the actor's promoter, with what a line of a list shows."""
    rows = acts_seen(actor)
    if own:
        rows = rows.filter(promoter=actor.promoter_pk)
    return rows.prefetch_related(_parties(actor))


def acts_seen(actor: Actor) -> "QuerySet[Agreement]":
    """The acts an actor may see; `with_parties` adds who signs."""
    return Agreement.objects.visible_to(actor).select_related(*_LOADED)


def _parties(actor: Actor) -> Prefetch:
    return Prefetch("parties", _parties_seen(actor), to_attr="parties_seen")


def _parties_seen(actor: Actor) -> "QuerySet[Party]":
    return Party.objects.visible_to(actor).select_related("organisation", "signatory").order_by("position", "pk")


def with_parties(actor: Actor, acts: Sequence[Agreement]) -> Reading[list[Agreement]]:
    """The acts (of `acts_seen`) with what a line of a list shows."""
    (parties,) = yield [_parties_of(actor, [act.pk for act in acts])]
    for act in acts:
        act.parties_seen = [party for party in parties if party.agreement_id == act.pk]
    return list(acts)


@question
def _parties_of(actor: Actor, acts: Collection[int]) -> "QuerySet[Any]":
    return _parties_seen(actor).filter(agreement__in=acts)


def agreements_listed(
    actor: Actor, *, cursor: str = "", own: bool = False, state: str = "", event: Event | None = None
) -> AgreementList:
    """A page of the acts an actor may see from `cursor` on; narrowed to a state or an event."""
    rows = agreements_seen(actor, own=own)
    if state in AgreementState.values:
        rows = rows.filter(state=state)
    if event is not None:
        rows = rows.filter(event=event)
    moment = Moment.read(cursor) if cursor else None
    found = list(older_than(rows, moment, PAGE + 1, day="signed_on_start"))
    shown = found[:PAGE]
    older = str(Moment(shown[-1].signed_on_start, shown[-1].public_id)) if len(found) > PAGE else ""
    return AgreementList([row_of(actor, one) for one in shown], older, moment is None, state)


def row_of(actor: Actor, agreement: Agreement, sources: tuple[SourceMark, ...] = ()) -> AgreementRow:
    """A loaded act as a list shows it; with one party known, that the other is not stated."""
    names = [_party(actor, party).name for party in agreement.parties_seen]
    if len(names) == 1:
        names.append(gettext("the other party not stated"))
    return AgreementRow(agreement, say(agreement.title), page_of(actor, agreement), tuple(names), sources)


def page_of(actor: Actor, agreement: Agreement) -> str:
    """The page on which the actor reads an act (its promoter loaded): at its own desk, or the public one."""
    if actor.within(agreement.promoter_id) and actor.roles:
        return reverse("agreements_desk:agreements-page", args=[agreement.promoter.slug, agreement.public_id])
    return public_address(f"agreements/{agreement.public_id}/")


@answered
def agreement_page(actor: Actor, agreement: Agreement) -> Reading[AgreementPage]:
    """Everything of a loaded act (`agreements_seen`) that the actor may see, with its sources."""
    names = {party.pk: _party(actor, party) for party in agreement.parties_seen}
    (owed, marks), told = yield from side_by_side(
        _owed(actor, agreement), statement_entries.reading(actor, [agreement.subject_id], None, MOST)
    )
    sources = marks.get(agreement.public_id, ())
    before = {row.replaced_by_id: row for row in owed if row.replaced_by_id}
    current = [row for row in owed if row.replaced_by_id is None]
    lines = [_line(row, names, sources, marks.get(row.public_id, ()), before) for row in current]
    event = agreement.event if agreement.event and _may_open(actor, agreement.event) else None
    place = agreement.place if agreement.place and _may_open(actor, agreement.place) else None
    return AgreementPage(
        agreement=agreement,
        title=say(agreement.title),
        purpose=say(agreement.purpose),
        parties=list(names.values()),
        one_sided=len(names) == 1,
        signatories_unstated=agreement.state != AgreementState.PREPARED
        and not any(party.signatory_id for party in agreement.parties_seen),
        obligations=[line for line in lines if line.obligation.kind == DutyKind.OBLIGATION],
        objectives=[line for line in lines if line.obligation.kind == DutyKind.OBJECTIVE],
        statements=[entry.event for entry in told],
        event_name=say(event.name) if event else "",
        event_url=address_for(actor, f"events/{event.public_id}/", event) if event else "",
        place_name=say(place.name) if place else "",
        place_url=address_for(actor, f"places/{place.public_id}/", place) if place else "",
        sources=sources,
    )


def _owed(actor: Actor, agreement: Agreement) -> Reading[tuple[list[Obligation], Marks]]:
    """The lines of an act, and the sources of the act and of each of them."""
    (owed,) = yield [_obligations(actor, [agreement.pk])]
    return owed, (yield from marks_of.reading(actor, [agreement.public_id, *(row.public_id for row in owed)]))


@question
def _obligations(actor: Actor, acts: Collection[int]) -> "QuerySet[Any]":
    return Obligation.objects.visible_to(actor).filter(agreement__in=acts).order_by("position", "pk")


def _may_open(actor: Actor, row: object) -> bool:
    return bool(row.is_published or (actor.roles and actor.within(row.promoter_id)))  # type: ignore[attr-defined]


def _party(actor: Actor, party: Party) -> PartyLine:
    who: Organisation | None = party.organisation
    signs = party.signatory if party.signatory and _may_open(actor, party.signatory) else None
    return PartyLine(
        name=name_of(who) if who else say(party.words),
        url=address_of(who) if who and who.is_published else "",
        capacity=say(party.capacity),
        signatory=signs.name if signs else "",
        signatory_url=address_of(signs) if signs and signs.is_published else "",
    )


def party_name(party: Party) -> str:
    """How a party is named where only its name is shown."""
    return name_of(party.organisation) if party.organisation else say(party.words)


def _line(
    row: Obligation,
    names: dict[int, PartyLine],
    sources: tuple[SourceMark, ...],
    own: tuple[SourceMark, ...],
    before: dict[int, Obligation],
) -> ObligationLine:
    debtor = names.get(row.debtor_id) if row.debtor_id else None
    return ObligationLine(
        obligation=row,
        words=say(row.words),
        debtor=debtor.name if debtor else "",
        figure=figure_of(row, own or sources),
        evidence_asked=say(row.evidence_asked),
        sources=own,
        earlier=tuple(_earlier(row, before, sources)),
    )


def _earlier(row: Obligation, before: dict[int, Obligation], sources: tuple[SourceMark, ...]) -> Iterator[EarlierLine]:
    at = before.get(row.pk)
    while at is not None:
        yield EarlierLine(at, say(at.words), figure_of(at, sources), at.replaced_reason)
        at = before.get(at.pk)


def figure_of(row: Obligation, sources: tuple[SourceMark, ...] = ()) -> FigureLine | None:
    """The quantity of a line, with its kind; None where the text measures nothing."""
    if not row.measure:
        return None
    unit = Unit(row.unit)
    return FigureLine(
        value=None if row.value is None else from_scaled(row.value, unit),
        value_max=None if row.value_max is None else from_scaled(row.value_max, unit),
        unit=row.unit,
        kind=str(Kind.CONTRACTED if row.kind == DutyKind.OBLIGATION else Kind.PLANNED),
        bound=row.bound,
        horizon=row.due,
        label=measure_label(row.measure),
        sources=sources,
    )


def prepared(actor: Actor) -> "QuerySet[Agreement]":
    """The acts of the actor's promoter that wait for their signature."""
    return Agreement.objects.visible_to(actor).filter(promoter=actor.promoter_pk, state=AgreementState.PREPARED)
