"""What guests know of a timeline and of an organisation's thread: who was invited, who came. For staff only."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.asking import Reading, answered, question
from moussem.core.components import Event as Drawn
from moussem.core.components import Step
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.timeline import kind_of
from moussem.evidence.enums import SubjectKind
from moussem.guests.enums import COMING
from moussem.guests.models import Invitation, Presence, Target

PEOPLE = (SubjectKind.ORGANISATION, SubjectKind.PERSON)


@answered
def invitation_entries(
    actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int
) -> Reading[list[Entry]]:
    """The newest invitations of a person, or of people of an organisation, by the day of the event; a source of
    `core.timelines`.
    """
    if not _may_know(actor, subjects):
        return []
    (found,) = yield [_invitations(actor, kind_of(subjects), subjects, before, limit)]
    return [_entry(row) for row in found]


@question
def _invitations(
    actor: Actor, kind: str, subjects: Sequence[int], before: Moment | None, limit: int
) -> "QuerySet[Any]":
    rows = Invitation.objects.visible_to(actor).filter(sent_at__isnull=False, **{f"{kind}__subject__in": subjects})
    dated = rows.annotate(day=F("event__period_start")).select_related("event", "person")
    return older_than(dated, before, limit, day="day")


def _may_know(actor: Actor, subjects: Sequence[int]) -> bool:
    return bool(actor.roles) and kind_of(subjects) in PEOPLE


def _entry(row: Invitation) -> Entry:
    words = (
        gettext("%(guest)s, registered: %(event)s") if row.is_asked_for else gettext("%(guest)s, invited: %(event)s")
    )
    said = words % {"guest": row.person.name, "event": say(row.event.name)}
    drawn = Drawn(title=said, icon="mail", period=row.event.period, text=str(row.get_state_display()), tone="ours")
    return Entry(Moment(row.event.period_start, row.public_id), drawn)


@answered
def targeted(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Targeted, where somebody of the organisation stands on an event's list."""
    if not _may_know(actor, subjects):
        return None
    (found,) = yield [_newest_target(actor, kind_of(subjects), subjects)]
    return Step("", say(found[0].event.name), "done") if found else None


@answered
def invited(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Invited: done where somebody said yes or came, begun where an invitation was sent."""
    if not _may_know(actor, subjects):
        return None
    (found,) = yield [_newest_invitation(actor, kind_of(subjects), subjects)]
    if not found:
        return None
    return Step("", say(found[0].event.name), "done" if found[0].state in COMING else "part")


@answered
def came(actor: Actor, subjects: Sequence[int]) -> Reading[Step | None]:
    """Met, where somebody of the organisation was there."""
    if not _may_know(actor, subjects):
        return None
    (found,) = yield [_newest_presence(actor, kind_of(subjects), subjects)]
    return Step("", say(found[0].event.name), "done") if found else None


@question
def _newest_target(actor: Actor, kind: str, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Target.objects.visible_to(actor).filter(**{f"{kind}__subject__in": subjects}, dropped_at=None)
    return rows.select_related("event").order_by("-pk")[:1]


@question
def _newest_invitation(actor: Actor, kind: str, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Invitation.objects.visible_to(actor).filter(**{f"{kind}__subject__in": subjects}, sent_at__isnull=False)
    return rows.select_related("event").order_by("-pk")[:1]


@question
def _newest_presence(actor: Actor, kind: str, subjects: Sequence[int]) -> "QuerySet[Any]":
    rows = Presence.objects.visible_to(actor).filter(**{f"registration__{kind}__subject__in": subjects})
    return rows.select_related("event").order_by("-happened_at")[:1]
