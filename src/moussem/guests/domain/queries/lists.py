"""The lists of guests: an event's, a promoter's invitations, the door's, and coming events with their funnel."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from moussem.core.actor import Actor
from moussem.core.keyset import RowPage, page_by_name
from moussem.directory.domain.names import fold
from moussem.events.models import Event
from moussem.guests.domain.seats import full_modes
from moussem.guests.enums import COMING, AttendanceMode, InvitationState, PrequalificationQuestion, Verdict
from moussem.guests.models import Invitation, Prequalification, Presence, Registration, Target
from moussem.guests.permissions import can_see_scores

NOT_INVITED = "not_invited"
CAME = "came"
NOBODY = "nobody"
LAST = "3"
"""The code of who stands nowhere: after everybody who does."""
SHOWN = 30


@dataclass(frozen=True, slots=True)
class WantedGuests:
    """What a list of guests is narrowed to; "" is everything. `state` may also be `not_invited` or `came`; `owner` is
    who looks after them, or `nobody`; `asked` is `yes`, `no` or `open`, as the four questions stand.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    owner: str = ""
    asked: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is left out."""
        return any((self.words, self.state, self.kind, self.owner, self.asked))


def guests_of(actor: Actor, event: Event, wanted: WantedGuests, *, by_score: bool = False) -> RowPage:
    """The people of an event's list by name, each with the invitation, whether they came, and who knows them.

    Where `by_score` and the actor may read scores, by how they stand, the best first, and who stands nowhere last.
    """
    rows = Target.objects.visible_to(actor).filter(event=event, dropped_at=None)
    if wanted.words:
        named = fold(wanted.words)
        rows = rows.filter(Q(person__folded__holds=named) | Q(organisation__folded__holds=named))
    if wanted.kind:
        rows = rows.filter(guest_kind__public_id=wanted.kind)
    there = Presence.objects.filter(event=OuterRef("event"), registration__person=OuterRef("person"))
    rows = rows.annotate(folded=F("person__folded"), came=Exists(there))
    rows = _in_state(rows, wanted.state)
    if wanted.owner:
        rows = rows.filter(_looked_after(wanted.owner))
    related = ("person", "organisation", "guest_kind", "owner", "invitation__link")
    if not can_see_scores(actor):
        return page_by_name(rows.select_related(*related), "folded", wanted.after)
    rows = _as_asked(rows, wanted.asked).select_related(*related, "standing")
    if not by_score:
        return page_by_name(rows, "folded", wanted.after)
    return page_by_name(
        rows.annotate(sort_code=Coalesce("standing__sort_code", Value(LAST))), "sort_code", wanted.after
    )


def _looked_after(owner: str) -> Q:
    try:
        return Q(owner=None) if owner == NOBODY else Q(owner__public_id=UUID(owner))
    except ValueError:
        return Q(pk__in=())


def _as_asked(rows: "QuerySet[Target]", asked: str) -> "QuerySet[Target]":
    """Those of whom the four questions stand so."""
    if asked not in ("yes", "no", "open"):
        return rows
    answers = Prequalification.objects.filter(target=OuterRef("pk"))
    refused = Exists(answers.filter(answer=Verdict.NO))
    if asked == "no":
        return rows.filter(refused)
    good = Count("prequalifications", filter=Q(prequalifications__answer__in=(Verdict.YES, Verdict.PARTLY)))
    rows = rows.filter(~refused).annotate(good=good)
    whole = Q(good=len(PrequalificationQuestion))
    return rows.filter(whole if asked == "yes" else ~whole)


def _in_state(rows: "QuerySet[Target]", state: str) -> "QuerySet[Target]":
    if state == NOT_INVITED:
        return rows.exclude(invitation__sent_at__isnull=False)
    if state == CAME:
        return rows.filter(came=True)
    return rows.filter(invitation__state=state) if state in InvitationState.values else rows


def invitations(actor: Actor, *, state: str = "", today: date, after: str = "") -> RowPage:
    """The invitations of the promoter's events that are not over, by the guest's name, of one state or all."""
    rows = Invitation.objects.visible_to(actor).filter(sent_at__isnull=False, event__period_end__gte=today)
    if state in InvitationState.values:
        rows = rows.filter(state=state)
    rows = rows.annotate(folded=F("person__folded"))
    return page_by_name(rows.select_related("person", "organisation", "event", "target"), "folded", after)


def silent(actor: Actor) -> "QuerySet[Invitation]":
    """The invitations that wait for an answer; what was not answered in time is expired, and waits no more."""
    return Invitation.objects.visible_to(actor).filter(state=InvitationState.SENT)


def to_invite(actor: Actor) -> "QuerySet[Target]":
    """Those who stand on a list and are not invited yet."""
    listed = Target.objects.visible_to(actor).filter(dropped_at=None)
    return listed.filter(Q(invitation=None) | Q(invitation__sent_at=None))


@dataclass(frozen=True, slots=True)
class EventLine:
    """A coming event with its funnel in numbers; `wanted` None where no number is set."""

    event: Event
    targeted: int
    invited: int
    accepted: int


def coming_events(actor: Actor, *, today: date) -> list[EventLine]:
    """The promoter's events that are not over, soonest first, those without a date last; at most thirty, two
    queries.
    """
    own = Event.objects.visible_to(actor).filter(promoter=actor.promoter_pk)
    ahead = own.filter(Q(period_end__gte=today) | Q(period_end=None)).select_related("place")
    events = list(ahead.order_by(F("period_start").asc(nulls_last=True), "-public_id")[:SHOWN])
    listed = Target.objects.visible_to(actor).filter(event__in=events, dropped_at=None).order_by()
    counted = {
        row["event"]: row
        for row in listed.values("event").annotate(
            targeted=Count("pk"),
            invited=Count("invitation", filter=Q(invitation__sent_at__isnull=False)),
            accepted=Count("invitation", filter=Q(invitation__state__in=COMING)),
        )
    }
    none = {"targeted": 0, "invited": 0, "accepted": 0}
    return [EventLine(event, **{name: counted.get(event.pk, none)[name] for name in none}) for event in events]


@dataclass(frozen=True, slots=True)
class Door:
    """The door of an event: who is expected, who is here; how many of whom in which mode."""

    page: RowPage
    expected: int
    here_on_site: int
    here_online: int


def door_list(actor: Actor, event: Event, *, words: str = "", after: str = "") -> Door:
    """Those with a seat by name, each with the mark of their presence where there is one."""
    seated = Registration.objects.visible_to(actor).filter(event=event, cancelled_at=None)
    here = Q(presence__isnull=False)
    counts = seated.aggregate(
        expected=Count("pk"),
        here_on_site=Count("pk", filter=here & Q(presence__mode=AttendanceMode.ON_SITE)),
        here_online=Count("pk", filter=here & Q(presence__mode=AttendanceMode.ONLINE)),
    )
    answers = Invitation.objects.filter(event=event, person=OuterRef("person"))
    rows = seated.annotate(folded=F("person__folded"), needs=Subquery(answers.values("needs")[:1]))
    if words:
        named = fold(words)
        rows = rows.filter(Q(person__folded__holds=named) | Q(organisation__folded__holds=named))
    page = page_by_name(rows.select_related("person", "organisation", "guest_kind", "presence"), "folded", after)
    return Door(page, **counts)


SAFE_COUNT = 3
"""Below this number of people a kind of guest is not told apart: two IT directors of a small branch are known by name
to everybody in it.
"""


@dataclass(frozen=True, slots=True)
class Company:
    """Who comes to an event, for one of its guests: the others in numbers by kind (a text by language, empty for all
    other kinds), never a name; and the modes without a free seat.
    """

    others: Sequence[tuple[dict[str, str], int]]
    full: Sequence[str]


def company_of(event: Event, invitation: Invitation) -> Company:
    """Who else comes and what is full; one query.

    Kinds of fewer than `SAFE_COUNT` people stand together as others, and where these are fewer, too, they are left out.
    """
    coming = Registration.objects.filter(event=event, cancelled_at=None)
    by_kind = coming.order_by("guest_kind__position", "guest_kind").values_list("guest_kind__name", "mode")
    others: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    named: dict[str, dict[str, str]] = {}
    for name, mode, count, own in by_kind.annotate(n=Count("pk"), own=_own_of(invitation)):
        key = str(name or "")
        named[key] = name or {}
        others[key] += count - own
        taken[mode] += count
    told = [(named[key], n) for key, n in others.items() if key and n >= SAFE_COUNT]
    rest = sum(n for key, n in others.items() if not key or n < SAFE_COUNT)
    return Company([*told, *([({}, rest)] if rest >= SAFE_COUNT else [])], full_modes(event, taken))


def _own_of(invitation: Invitation) -> Count:
    return Count("pk", filter=Q(person=invitation.person_id))
