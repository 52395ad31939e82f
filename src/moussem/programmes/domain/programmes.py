"""Writing programmes: the programme, the versions of its rules, its calls, and who got an award."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.models import period_values
from moussem.core.versions import save_version
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Organisation, Person, Place
from moussem.engines.eligibility.criterion import Rule
from moussem.engines.values.period import Period
from moussem.events.models import Event
from moussem.evidence.domain.documents import cite, cite_record
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Citation, Document, Subject
from moussem.programmes.domain.rules import kept_rule
from moussem.programmes.enums import ProgrammeKind
from moussem.programmes.models import Award, Call, Programme, RuleSet
from moussem.programmes.permissions import can_give_awards, can_run

Words = Mapping[str, str]


class ClosesBeforeItOpens(Exception):
    """A call must close after it opens."""


class ProgrammeNotPublic(Exception):
    """A call cannot be opened to the public while its programme is closed to it."""


class NobodyDescribed(Exception):
    """An award names its winner, or describes them in words."""


class RulesOfAnother(Exception):
    """The rules of one programme cannot govern another one's call."""


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What is known of a programme; `envelope` in hundredths of a dirham, None where it is not stated."""

    kind: ProgrammeKind
    name: Words
    purpose: Words = field(default_factory=dict)
    giver: Organisation | None = None
    place: Place | None = None
    event: Event | None = None
    envelope: int | None = None
    period: Period | None = None


@transaction.atomic
def add_programme(*, by: Actor, at: datetime, facts: ProgrammeFacts, publish: bool = False) -> Programme:
    """A programme with its subject; not public unless `publish`. Raises `NotAllowed`, `ForeignRow`."""
    require(can_run(by), "add a programme")
    require_in_reach(facts.giver, facts.place, facts.event, by=by)
    public_id, opened_at = uuid7(), at if publish else None
    subject = open_subject(
        by=by, kind=SubjectKind.PROGRAMME, public_id=public_id, label=facts.name, address=f"programmes/{public_id}/",
        within=facts.place.subject if facts.place else None, published_at=opened_at,
    )  # fmt: skip
    programme = Programme.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, subject=subject, published_at=opened_at, **_columns(facts)
    )
    _tell(by, at, "add_programme", programme, after=_told(facts))
    return programme


def _columns(facts: ProgrammeFacts) -> dict[str, object]:
    return {
        "kind": facts.kind, "name": dict(facts.name), "purpose": dict(facts.purpose), "giver": facts.giver,
        "place": facts.place, "event": facts.event, "envelope": facts.envelope,
        **period_values("period", facts.period),
    }  # fmt: skip


def _told(facts: ProgrammeFacts) -> dict[str, object]:
    giver = facts.giver.name if facts.giver else None
    return {"name": dict(facts.name), "kind": str(facts.kind), "envelope": facts.envelope, "giver": giver}


@transaction.atomic
def correct_programme(
    *, by: Actor, at: datetime, programme: Programme, read_version: int, facts: ProgrammeFacts
) -> Programme:
    """Correct a programme and its subject's label; raises `ChangedMeanwhile` where somebody saved first."""
    require(can_run(by), "correct a programme")
    require_own(programme, by=by)
    require_in_reach(facts.giver, facts.place, facts.event, by=by)
    before = {"name": programme.name, "kind": programme.kind, "envelope": programme.envelope}
    save_version(programme, read_version=read_version, **_columns(facts))
    within = facts.place.subject if facts.place else None
    Subject.objects.filter(pk=programme.subject_id).update(label=dict(facts.name), within=within)
    _tell(by, at, "correct_programme", programme, before=before, after=_told(facts))
    return programme


@transaction.atomic
def publish_programme(*, by: Actor, at: datetime, programme: Programme) -> Programme:
    """Open a programme to the public, with its rules and awards; a second time changes nothing."""
    require(can_run(by), "publish a programme")
    require_own(programme, by=by)
    if Programme.objects.filter(pk=programme.pk, published_at=None).update(published_at=at):
        Subject.objects.filter(pk=programme.subject_id).update(published_at=at)
        _tell(by, at, "publish_programme", programme)
    programme.refresh_from_db(fields=["published_at"])
    return programme


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A version of rules: `inferred` says why it is only our inference that they are the programme's (empty: they are
    stated); `remarks` what they also say and no machine decides.
    """

    rule: Rule
    valid_from: date | None = None
    valid_until: date | None = None
    inferred: Words = field(default_factory=dict)
    remarks: Words = field(default_factory=dict)


@transaction.atomic
def add_rule_set(
    *, by: Actor, at: datetime, programme: Programme, facts: RuleFacts, citations: Iterable[Citation] = (),
    document: Document | None = None, quote: str = "",
) -> RuleSet:  # fmt: skip
    """A new version of a programme's rules, cited; those before it stay as they were, and calls keep theirs.

    `document` and `quote` cite a document anew. Raises `QuoteTooLong`.
    """
    require(can_run(by), "write rules")
    require_own(programme, document, by=by)
    Programme.objects.select_for_update().get(pk=programme.pk)
    newest = RuleSet.objects.filter(programme=programme).aggregate(n=Max("number"))["n"] or 0
    row = RuleSet.objects.create(
        promoter_id=by.promoter_pk, programme=programme, number=newest + 1, criteria=kept_rule(facts.rule),
        valid_from=facts.valid_from, valid_until=facts.valid_until, inferred_words=dict(facts.inferred),
        remarks=dict(facts.remarks),
    )  # fmt: skip
    cited = [*citations, *([cite(by=by, document=document, quote=quote)] if document else [])]
    for citation in cited:
        cite_record(
            by=by, citation=citation, kind="rule_set", key=row.public_id, label=programme.name,
            address=programme.subject.address,
        )  # fmt: skip
    _tell(by, at, "add_rule_set", programme, after={"number": row.number, "rules": row.criteria})
    return row


@dataclass(frozen=True, slots=True)
class CallFacts:
    """When one may apply, under which rules; `envelope` in hundredths of a dirham, None: the programme's alone."""

    rule_set: RuleSet
    name: Words
    opens_at: datetime
    closes_at: datetime
    envelope: int | None = None


@transaction.atomic
def add_call(*, by: Actor, at: datetime, programme: Programme, facts: CallFacts, publish: bool = False) -> Call:
    """A time in which one may apply. Raises `ClosesBeforeItOpens`, `RulesOfAnother`, `ProgrammeNotPublic`."""
    require(can_run(by), "open a call")
    require_own(programme, facts.rule_set, by=by)
    if facts.rule_set.programme_id != programme.pk:
        raise RulesOfAnother(facts.rule_set.public_id)
    if facts.closes_at <= facts.opens_at:
        raise ClosesBeforeItOpens(facts.closes_at)
    call = Call.objects.create(
        promoter_id=by.promoter_pk, programme=programme, rule_set=facts.rule_set, name=dict(facts.name),
        opens_at=facts.opens_at, closes_at=facts.closes_at, envelope=facts.envelope,
    )  # fmt: skip
    told = {"opens_at": facts.opens_at, "closes_at": facts.closes_at, "envelope": facts.envelope}
    _tell_call(by, at, "add_call", call, after={**told, "rule_set": facts.rule_set.number})
    return publish_call(by=by, at=at, call=call) if publish else call


@transaction.atomic
def publish_call(*, by: Actor, at: datetime, call: Call) -> Call:
    """Open a call to the public; a second time changes nothing. Raises `ProgrammeNotPublic`."""
    require(can_run(by), "publish a call")
    require_own(call, by=by)
    if not Programme.objects.filter(pk=call.programme_id, published_at__isnull=False).exists():
        raise ProgrammeNotPublic(call.public_id)
    if Call.objects.filter(pk=call.pk, published_at=None).update(published_at=at):
        _tell_call(by, at, "publish_call", call)
    call.refresh_from_db(fields=["published_at"])
    return call


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """What was given, how many of the kind, and to whom: named, or described in `words`."""

    category: Words
    organisation: Organisation | None = None
    person: Person | None = None
    words: Words = field(default_factory=dict)
    event: Event | None = None
    count: int = 1


@transaction.atomic
def give_award(
    *, by: Actor, at: datetime, programme: Programme, facts: AwardFacts, citations: Iterable[Citation] = ()
) -> Award:
    """Record an award as its source tells it. Raises `NobodyDescribed` without a winner named or described."""
    require(can_give_awards(by), "record an award")
    require_own(programme, by=by)
    require_in_reach(facts.organisation, facts.person, facts.event, by=by)
    if facts.organisation is None and facts.person is None and not any(facts.words.values()):
        raise NobodyDescribed(programme.public_id)
    award = Award.objects.create(
        promoter_id=by.promoter_pk, programme=programme, event=facts.event or programme.event,
        category=dict(facts.category), organisation=facts.organisation, person=facts.person, words=dict(facts.words),
        count=facts.count, position=Award.objects.filter(programme=programme).count(),
    )  # fmt: skip
    for citation in citations:
        cite_record(
            by=by, citation=citation, kind="award", key=award.public_id, label=award.category,
            address=programme.subject.address,
        )  # fmt: skip
    _tell(by, at, "give_award", programme, after={"category": award.category, "count": award.count})
    return award


def _label(words: Words) -> str:
    return words.get("en") or words.get("fr") or ""


def _tell(
    by: Actor, at: datetime, verb: str, programme: Programme, *, before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    write_entry(
        by=by, at=at, verb=verb, object_kind="programme", object_id=programme.public_id,
        object_label=_label(programme.name), promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip


def _tell_call(by: Actor, at: datetime, verb: str, call: Call, *, after: Mapping[str, object] | None = None) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="call", object_id=call.public_id, object_label=_label(call.name),
        promoter_key=by.promoter_key, after=after,
    )  # fmt: skip
