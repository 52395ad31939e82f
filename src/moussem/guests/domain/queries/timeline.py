"""What guests know of a timeline and of an organisation's thread: who was invited, who came. For staff only."""

from collections.abc import Sequence

from django.db.models import F
from django.utils.translation import gettext

from moussem.core.actor import Actor
from moussem.core.components import Event as Drawn
from moussem.core.components import Step
from moussem.core.texts import say
from moussem.core.timelines import Entry, Moment, older_than
from moussem.directory.domain.queries.timeline import kind_of
from moussem.evidence.enums import SubjectKind
from moussem.guests.enums import COMING
from moussem.guests.models import Invitation, Presence, Target

PEOPLE = (SubjectKind.ORGANISATION, SubjectKind.PERSON)


def invitation_entries(actor: Actor, subjects: Sequence[int], before: Moment | None, limit: int) -> list[Entry]:
    """The newest invitations of a person, or of people of an organisation, by the day of the event; a source of
    `core.timelines`.
    """
    if not actor.roles:
        return []
    kind = kind_of(subjects)
    if kind not in PEOPLE:
        return []
    rows = Invitation.objects.visible_to(actor).filter(
        sent_at__isnull=False, **{f"{kind}__subject__in": list(subjects)}
    ).annotate(day=F("event__period_start"))  # fmt: skip
    return [_entry(row) for row in older_than(rows.select_related("event", "person"), before, limit, day="day")]


def _entry(row: Invitation) -> Entry:
    words = (
        gettext("%(guest)s, registered: %(event)s") if row.is_asked_for else gettext("%(guest)s, invited: %(event)s")
    )
    said = words % {"guest": row.person.name, "event": say(row.event.name)}
    drawn = Drawn(title=said, icon="mail", period=row.event.period, text=str(row.get_state_display()), tone="ours")
    return Entry(Moment(row.event.period_start, row.public_id), drawn)


def targeted(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Targeted, where somebody of the organisation stands on an event's list."""
    newest = _newest(Target, actor, subjects, dropped_at=None)
    return Step("", say(newest.event.name), "done") if newest else None


def invited(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Invited: done where somebody said yes or came, begun where an invitation was sent."""
    newest = _newest(Invitation, actor, subjects, sent_at__isnull=False)
    if newest is None:
        return None
    return Step("", say(newest.event.name), "done" if newest.state in COMING else "part")


def came(actor: Actor, subjects: Sequence[int]) -> Step | None:
    """Met, where somebody of the organisation was there."""
    if not actor.roles or kind_of(subjects) not in PEOPLE:
        return None
    kind = kind_of(subjects)
    rows = Presence.objects.visible_to(actor).filter(**{f"registration__{kind}__subject__in": list(subjects)})
    newest = rows.select_related("event").order_by("-happened_at").first()
    return Step("", say(newest.event.name), "done") if newest else None


def _newest(
    table: type[Target] | type[Invitation], actor: Actor, subjects: Sequence[int], **narrowed: object
) -> Target | Invitation | None:
    if not actor.roles:
        return None
    kind = kind_of(subjects)
    if kind not in PEOPLE:
        return None
    rows = table.objects.visible_to(actor).filter(**{f"{kind}__subject__in": list(subjects)}, **narrowed)
    return rows.select_related("event").order_by("-pk").first()
