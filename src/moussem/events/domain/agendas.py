"""Publishing an event's agenda: each version is frozen, numbered, dated and signed; the public sees the last one."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.models import Organisation
from moussem.events.domain.hours import zone_of
from moussem.events.enums import FragmentForm
from moussem.events.models import AgendaFragment, AgendaVersion, Event, Part, Session, Space
from moussem.events.permissions import can_organise
from moussem.events.rendering.agenda import Agenda, AgendaPart, AgendaSession, AgendaSpace, read, stored
from moussem.events.rendering.changes import changes_between, numbered
from moussem.events.rendering.feeds import Edition, drawing, drawn

NOTHING = Agenda()


class NothingChanged(Exception):
    """The draft says what is published already."""


class DraftChanged(Exception):
    """Somebody else changed the draft since it was looked at."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The agenda as it would be published now; `unshown` are the names of those in it whom the public may not know."""

    agenda: Agenda
    unshown: Sequence[str]

    @property
    def digest(self) -> str:
        """Tells this draft from any other one."""
        said = json.dumps(stored(self.agenda), sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def publish_agenda(*, by: Actor, at: datetime, event: Event, read_draft: str = "") -> AgendaVersion:
    """Freeze the draft as the next version, and draw it in every form and language. `read_draft` is the digest of the
    draft that was looked at ("": none was). Raises `NothingChanged`, `DraftChanged`.

    The public sees it as soon as the event itself is published. People and organisations that are not public are left
    out; a session that was published and is called off stays, as cancelled.
    """
    require(can_organise(by), "publish an agenda")
    require_own(event, by=by)
    locked = Event.objects.select_for_update(of=("self",)).select_related("place").get(pk=event.pk)
    last = AgendaVersion.objects.filter(event=locked, replaced_at=None).first()
    before = read(last.content) if last else NOTHING
    spaces, sessions, parts = rows_of(locked)
    draft = draft_of(spaces, sessions, parts, before)
    if read_draft and read_draft != draft.digest:
        raise DraftChanged
    if last and not changes_between(before, draft.agenda):
        raise NothingChanged
    version = _freeze(by, at, locked, draft, last)
    _announce(version, sessions, parts, at)
    redraw(version, at=at)
    write_entry(
        by=by, at=at, verb="publish_agenda", object_kind="event", object_id=locked.public_id,
        object_label=say(locked.name, "en"), promoter_key=by.promoter_key,
        after={"version": version.number, "sessions": len(draft.agenda.held)},
    )  # fmt: skip
    return version


def rows_of(event: Event) -> tuple[list[Space], list[Session], list[Part]]:
    """The spaces, the sessions by hour (without one last), and the parts of an event that stand."""
    return (
        list(Space.objects.filter(event=event).order_by("position", "pk")),
        list(
            Session.objects.filter(event=event).select_related("space")
            .order_by(F("starts_at").asc(nulls_last=True), "position", "pk")
        ),
        list(
            Part.objects.filter(event=event, dropped_at=None).select_related("person", "organisation")
            .order_by("position", "pk")
        ),
    )  # fmt: skip


def draft_of(spaces: Iterable[Space], sessions: Iterable[Session], parts: Iterable[Part], before: Agenda) -> Draft:
    """The rows as an agenda that may be published after `before`."""
    by_session: dict[int, list[AgendaPart]] = {}
    unshown = []
    for part in parts:
        if part.session_id is None:
            continue
        if is_public(part):
            by_session.setdefault(part.session_id, []).append(frozen_part(part))
        else:
            hidden = part.organisation if part.person is None or part.person.is_published else part.person
            unshown.append(str(hidden.name))
    known = {session.key for session in before.sessions}
    told = [
        frozen_session(session, by_session.get(session.pk, []))
        for session in sessions
        if session.cancelled_at is None or str(session.public_id) in known
    ]
    return Draft(Agenda(tuple(frozen_space(space) for space in spaces), tuple(told)), list(dict.fromkeys(unshown)))


def is_public(part: Part) -> bool:
    """Whether the public may know who takes the part (person and organisation loaded)."""
    return all(who is None or who.is_published for who in (part.person, part.organisation))


def frozen_space(space: Space) -> AgendaSpace:
    """A space as a value."""
    return AgendaSpace(
        str(space.public_id), space.kind, dict(space.name), space.capacity_on_site, space.capacity_online
    )


def frozen_part(part: Part) -> AgendaPart:
    """A part as a value (person and organisation loaded)."""
    return AgendaPart(
        kind=part.kind,
        person=str(part.person.public_id) if part.person else "",
        person_name=part.person.name if part.person else "",
        organisation=str(part.organisation.public_id) if part.organisation else "",
        organisation_name=part.organisation.name if part.organisation and part.organisation.named else "",
        words=dict(part.words) or _description(part.organisation),
        key=str(part.public_id),
    )


def _description(organisation: Organisation | None) -> dict[str, str]:
    """How sources describe an organisation that none names."""
    return dict(organisation.description or {}) if organisation and not organisation.named else {}


def frozen_session(session: Session, parts: Sequence[AgendaPart]) -> AgendaSession:
    """A session as a value (space loaded), with its parts."""
    return AgendaSession(
        key=str(session.public_id),
        title=dict(session.title),
        topics=dict(session.topics),
        space=str(session.space.public_id) if session.space else "",
        space_name=dict(session.space.name) if session.space else None,
        language=session.language,
        interpretation=tuple(session.interpretation),
        starts=session.starts_at,
        ends=session.ends_at,
        zone=session.zone,
        is_cancelled=session.cancelled_at is not None,
        parts=tuple(parts),
        edited=session.version,
    )


def _freeze(by: Actor, at: datetime, event: Event, draft: Draft, last: AgendaVersion | None) -> AgendaVersion:
    number = last.number + 1 if last else 1
    if last:
        AgendaVersion.objects.filter(pk=last.pk).update(replaced_at=at)
        AgendaFragment.objects.filter(agenda=last).delete()
    agenda = numbered(read(last.content) if last else NOTHING, draft.agenda, number)
    return AgendaVersion.objects.create(
        promoter_id=by.promoter_pk, event=event, number=number, frozen_at=at, frozen_by=by.shown_label[:200],
        content=stored(agenda),
    )  # fmt: skip


def _announce(version: AgendaVersion, sessions: Iterable[Session], parts: Iterable[Part], at: datetime) -> None:
    """Note which sessions and parts the public now meets, and whom the version names (or the one before named)."""
    held = {session.pk for session in sessions if session.cancelled_at is None}
    named = [part for part in parts if part.session_id and is_public(part)]
    met = [part.pk for part in named if part.session_id in held]
    for rows, keys in (
        (Session.objects.filter(event=version.event_id), held),
        (Part.objects.filter(event=version.event_id, session__isnull=False), met),
    ):
        rows.exclude(pk__in=keys).update(announced_at=None)
        rows.filter(pk__in=keys, announced_at=None).update(announced_at=at)
    previous = AgendaVersion.objects.filter(event=version.event_id, number=version.number - 1).first()
    before = (list(previous.people.all()), list(previous.organisations.all())) if previous else ([], [])
    version.people.set({*before[0], *(p.person for p in named if p.person)})
    version.organisations.set({*before[1], *(p.organisation for p in named if p.organisation)})


def redraw(version: AgendaVersion, *, at: datetime) -> None:
    """Draw a version in every form and language; part of the caller's transaction."""
    AgendaFragment.objects.filter(agenda=version).delete()
    edition = edition_of(version)
    AgendaFragment.objects.bulk_create(
        AgendaFragment(
            promoter_id=version.promoter_id, agenda=version, form=form, language=language, drawn_at=at,
            body=drawn(edition, form, language), drawing=drawing(),
        )
        for language, _ in settings.LANGUAGES
        for form in FragmentForm
    )  # fmt: skip


def edition_of(version: AgendaVersion) -> Edition:
    """A version with what belongs to it, without those who are not public any more."""
    event = version.event
    previous = AgendaVersion.objects.filter(event=event, number=version.number - 1).first()
    shown = _still_public(version)
    return Edition(
        event=str(event.public_id),
        name=event.name,
        place=event.place.name if event.place else {},
        zone=zone_of(event).key,
        number=version.number,
        frozen_at=version.frozen_at,
        agenda=_only(read(version.content), shown),
        before=_only(read(previous.content), shown) if previous else None,
        site=settings.SITE_URL,
        turns=event.version - 1,
        called_off_at=event.cancelled_at,
    )


def _still_public(version: AgendaVersion) -> frozenset[str]:
    """Of those the version may name, the public ones (public identifiers)."""
    named = (version.people.all(), version.organisations.all())
    return frozenset(
        str(key)
        for rows in named
        for key in rows.filter(published_at__isnull=False).values_list("public_id", flat=True)
    )


def _only(agenda: Agenda, shown: frozenset[str]) -> Agenda:
    named = {key for session in agenda.sessions for p in session.parts for key in (p.person, p.organisation) if key}
    return agenda.without(frozenset(named - shown))
