"""Recording, signing, ending and publishing agreements, and saying where they can be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.agreements.enums import AgreementKind, AgreementState
from moussem.agreements.models import Agreement, Party
from moussem.agreements.news import AGREEMENT_SIGNED
from moussem.agreements.permissions import can_write
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.models import period_values
from moussem.core.news import publish
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.directory.domain.reach import require_in_reach
from moussem.directory.models import Organisation, Person, Place
from moussem.engines.values.period import Period
from moussem.events.models import Event
from moussem.evidence.domain.documents import cite_record
from moussem.evidence.domain.subjects import open_subject
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Citation, CitedRecord, Subject

Words = Mapping[str, str]


class NobodySigns(Exception):
    """A party is an organisation or the source's words for one; and an agreement is signed by one party at least."""


class PartyTwice(Exception):
    """The organisation is a party of this agreement already."""


class AlreadySigned(Exception):
    """The agreement is signed already."""


class AlreadyEnded(Exception):
    """The agreement has ended; nothing more is written to it."""


class ConfidentialStaysClosed(Exception):
    """A confidential agreement is never public."""


class AgreementUnsourced(Exception):
    """An agreement is published only with the document in which it can be read."""


class PartyNotPublic(Exception):
    """An organisation that signs is not public; `name` is whose."""

    def __init__(self, name: str) -> None:
        """Keep the name, for the sentence."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Who agrees: an organisation, or `words` where the source names none; who signs for it, and in which capacity."""

    organisation: Organisation | None = None
    words: Words | None = None
    signatory: Person | None = None
    capacity: Words | None = None


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What is known of an act; `signed_on` None where no date is stated (or it is not signed yet)."""

    kind: AgreementKind
    title: Words
    purpose: Words | None = None
    signed_on: Period | None = None
    event: Event | None = None
    place: Place | None = None
    confidential: bool = False


@transaction.atomic
def record_agreement(
    *,
    by: Actor,
    at: datetime,
    facts: AgreementFacts,
    parties: Sequence[PartyFacts] = (),
    signed: bool = False,
    citations: Iterable[Citation] = (),
) -> Agreement:
    """An act with its parties and its subject: being prepared, or recorded as signed; closed until published.

    Raises `NobodySigns`, `PartyTwice`, `ForeignRow`, `NotAllowed`.
    """
    require(can_write(by), "record an agreement")
    require_in_reach(facts.event, facts.place, by=by)
    public_id = uuid7()
    subject = open_subject(
        by=by, kind=SubjectKind.AGREEMENT, public_id=public_id, label=facts.title, address=f"agreements/{public_id}/",
        within=facts.place.subject if facts.place else None,
    )  # fmt: skip
    agreement = Agreement.objects.create(
        public_id=public_id, promoter_id=by.promoter_pk, subject=subject, **_columns(facts)
    )
    tell(
        by=by,
        at=at,
        verb="record_agreement",
        agreement=agreement,
        after={"title": dict(facts.title), "kind": str(facts.kind)},
    )
    for party in parties:
        add_party(by=by, at=at, agreement=agreement, facts=party)
    for citation in citations:
        cite_agreement(by=by, at=at, agreement=agreement, citation=citation)
    if signed:
        sign_agreement(by=by, at=at, agreement=agreement, signed_on=facts.signed_on)
    return agreement


def _columns(facts: AgreementFacts) -> dict[str, Any]:
    return {
        "kind": facts.kind,
        "title": dict(facts.title),
        "purpose": dict(facts.purpose or {}),
        "event": facts.event,
        "place": facts.place,
        "confidential": facts.confidential,
        **period_values("signed_on", facts.signed_on),
    }


def tell(*, by: Actor, at: datetime, verb: str, agreement: Agreement, **changes: Any) -> None:
    """Write a ledger entry about an agreement."""
    write_entry(
        by=by, at=at, verb=verb, object_kind="agreement", object_id=agreement.public_id,
        object_label=say(agreement.title), promoter_key=by.promoter_key, **changes,
    )  # fmt: skip


def require_open(agreement: Agreement) -> None:
    """Raise `AlreadyEnded` for an agreement that ended."""
    if agreement.state == AgreementState.ENDED:
        raise AlreadyEnded(agreement.public_id)


@transaction.atomic
def correct_agreement(
    *, by: Actor, at: datetime, agreement: Agreement, read_version: int, facts: AgreementFacts
) -> Agreement:
    """Correct what is known of an act; parties, obligations and state stay.

    Raises `ChangedMeanwhile`, and `ConfidentialStaysClosed` where a published one would become confidential.
    """
    require(can_write(by), "correct an agreement")
    require_own(agreement, by=by)
    require_in_reach(facts.event, facts.place, by=by)
    if facts.confidential and agreement.is_published:
        raise ConfidentialStaysClosed(agreement.public_id)
    before = {"title": agreement.title, "kind": agreement.kind, "signed_on": agreement.signed_on_start}
    save_version(agreement, read_version=read_version, **_columns(facts))
    Subject.objects.filter(pk=agreement.subject_id).update(label=dict(facts.title))
    after = {"title": agreement.title, "kind": agreement.kind, "signed_on": agreement.signed_on_start}
    tell(by=by, at=at, verb="correct_agreement", agreement=agreement, before=before, after=after)
    return agreement


@transaction.atomic
def add_party(*, by: Actor, at: datetime, agreement: Agreement, facts: PartyFacts) -> Party:
    """Somebody who agrees. Raises `NobodySigns`, `PartyTwice`, `AlreadyEnded`; `PartyNotPublic` once it is public."""
    require(can_write(by), "add a party")
    require_own(agreement, by=by)
    require_in_reach(facts.organisation, facts.signatory, by=by)
    require_open(agreement)
    if facts.organisation is None and not facts.words:
        raise NobodySigns(agreement.public_id)
    if facts.organisation is not None:
        if agreement.is_published and not facts.organisation.is_published:
            raise PartyNotPublic(facts.organisation.name)
        if agreement.parties.filter(organisation=facts.organisation).exists():
            raise PartyTwice(facts.organisation.name)
    party = Party.objects.create(
        promoter_id=by.promoter_pk, agreement=agreement, organisation=facts.organisation,
        words=dict(facts.words or {}), signatory=facts.signatory, capacity=dict(facts.capacity or {}),
        position=agreement.parties.count() + 1,
    )  # fmt: skip
    who = facts.organisation.name if facts.organisation else say(facts.words)
    tell(
        by=by,
        at=at,
        verb="add_party",
        agreement=agreement,
        after={"party": who, "capacity": dict(facts.capacity or {})},
    )
    return party


@transaction.atomic
def sign_agreement(*, by: Actor, at: datetime, agreement: Agreement, signed_on: Period | None) -> Agreement:
    """Record that an act is signed (`signed_on` None: the date is not stated) and tell the rooms above.

    Raises `AlreadySigned` where it is (or somebody was quicker), `NobodySigns` without a party.
    """
    require(can_write(by), "sign an agreement")
    require_own(agreement, by=by)
    if not agreement.parties.exists():
        raise NobodySigns(agreement.public_id)
    prepared = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.PREPARED)
    if not prepared.update(
        state=AgreementState.SIGNED, version=F("version") + 1, **period_values("signed_on", signed_on)
    ):
        raise AlreadySigned(agreement.public_id)
    agreement.refresh_from_db()
    tell(by=by, at=at, verb="sign_agreement", agreement=agreement, after={"signed_on": agreement.signed_on_start})
    tell_of_signature(by=by, agreement=agreement, key=str(agreement.public_id))
    return agreement


def tell_of_signature(*, by: Actor, agreement: Agreement, key: str) -> None:
    """Tell the rooms above that a signed act binds somebody: once when it is signed, once for each line added later."""
    publish(AGREEMENT_SIGNED, key=key, promoter_key=by.promoter_key, agreement=str(agreement.public_id))


@transaction.atomic
def end_agreement(*, by: Actor, at: datetime, agreement: Agreement, words: str) -> Agreement:
    """End an act, with the reason in `words`. What it started stays. Raises `AlreadyEnded`."""
    require(can_write(by), "end an agreement")
    require_own(agreement, by=by)
    standing = Agreement.objects.filter(pk=agreement.pk).exclude(state=AgreementState.ENDED)
    if not standing.update(state=AgreementState.ENDED, ended_words=words, version=F("version") + 1):
        raise AlreadyEnded(agreement.public_id)
    tell(
        by=by,
        at=at,
        verb="end_agreement",
        agreement=agreement,
        before={"state": agreement.state},
        after={"reason": words},
    )
    agreement.refresh_from_db()
    return agreement


@transaction.atomic
def cite_agreement(*, by: Actor, at: datetime, agreement: Agreement, citation: Citation) -> CitedRecord:
    """Say where the act can be read; the document then shows what became of its words."""
    require(can_write(by), "cite a document")
    require_own(agreement, by=by)
    record = cite_record(
        by=by, citation=citation, kind="agreement", key=agreement.public_id, label=agreement.title,
        address=agreement.subject.address,
    )  # fmt: skip
    tell(by=by, at=at, verb="cite_agreement", agreement=agreement, after={"citation": str(citation.public_id)})
    return record


@transaction.atomic
def publish_agreement(*, by: Actor, at: datetime, agreement: Agreement) -> Agreement:
    """Open an act, with its parties and obligations, to the public; a second time changes nothing.

    Raises `ConfidentialStaysClosed`, `AgreementUnsourced`, and `PartyNotPublic` for an organisation still closed.
    """
    require(can_write(by), "publish an agreement")
    require_own(agreement, by=by)
    if agreement.confidential:
        raise ConfidentialStaysClosed(agreement.public_id)
    if not CitedRecord.objects.about("agreement", agreement.public_id).exists():
        raise AgreementUnsourced(agreement.public_id)
    closed = agreement.parties.filter(organisation__isnull=False, organisation__published_at=None).first()
    if closed is not None:
        raise PartyNotPublic(closed.organisation.name)
    if Agreement.objects.filter(pk=agreement.pk, published_at=None).update(published_at=at):
        Subject.objects.filter(pk=agreement.subject_id, published_at=None).update(published_at=at)
        tell(by=by, at=at, verb="publish_agreement", agreement=agreement)
    agreement.refresh_from_db(fields=["published_at"])
    return agreement
