"""A guest's own page: who invites, to what, why this guest, who else comes in numbers, how the answer stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from moussem.accounts.models import Link
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.directory.enums import ConsentPurpose
from moussem.directory.models import Consent
from moussem.events.domain.hours import closing_of, zone_of
from moussem.events.models import Event, Space
from moussem.guests.domain.queries.funnel import rank_of
from moussem.guests.domain.queries.lists import company_of
from moussem.guests.domain.space_seats import SpaceChoice, spaces_to_choose
from moussem.guests.domain.zones import Clock, clocks, guest_zone, span_for, zones_offered
from moussem.guests.enums import Decision
from moussem.guests.models import Invitation


@dataclass(frozen=True, slots=True)
class GuestPage:
    """An invitation as its guest sees it. `others` are numbers by kind, never names; `rank` the place on the waiting
    list; `full` the modes without a free seat; `shares` whether the guest lets others be told of them; `choices` the
    spaces in which a place is chosen, `chosen` those where the guest has one; `clocks` the hours by the event's clock
    and by theirs; `is_open` whether answers are taken, `may_answer` whether this guest's is: not of who was refused.
    """

    invitation: Invitation
    event: Event
    reasons: str
    others: Sequence[tuple[str, int]]
    spaces: Sequence[Space]
    rank: int | None
    full: Sequence[str]
    shares: bool
    choices: Sequence[SpaceChoice]
    chosen: Sequence[Space]
    clocks: Sequence[Clock]
    zone: str
    zones: Sequence[str]
    until: datetime | None
    is_open: bool
    may_answer: bool

    @property
    def others_count(self) -> int:
        """How many others come, all kinds together."""
        return sum(count for _, count in self.others)


def invitation_of(actor: Actor, link: Link) -> Invitation | None:
    """The invitation that a link opens; None for a link of something else. Kept on the loaded link, for the parts of
    one page.
    """
    if "_invitation" not in link.__dict__:
        rows = Invitation.objects.visible_to(actor).filter(link=link)
        around = "place__within__within"
        related = ("event__place", f"person__{around}", f"organisation__{around}", "target", "request")
        link.__dict__["_invitation"] = _of_link(rows.select_related(*related).first(), link)
    kept: Invitation | None = link.__dict__["_invitation"]
    return kept


def invitation_to_answer(actor: Actor, link: Link) -> Invitation | None:
    """The invitation that a link opens, with what an answer needs of it and no more; None for a link of something
    else.
    """
    rows = Invitation.objects.visible_to(actor).filter(link=link)
    found = rows.select_related("event", "person", "request").first()
    return _of_link(found, link)


def _of_link(found: Invitation | None, link: Link) -> Invitation | None:
    """The invitation with the rows that came with its link."""
    if found is not None:
        found.link, found.promoter, found.event.promoter = link, link.promoter, link.promoter
    return found


def guest_page(invitation: Invitation, *, at: datetime) -> GuestPage:
    """Everything on the guest's page."""
    event = invitation.event
    until = closing_of(span_for(invitation))
    spaces = list(Space.objects.filter(event=event).order_by("position", "pk"))
    choices = spaces_to_choose(event, spaces, person=invitation.person_id)
    company = company_of(event, invitation)
    consents = Consent.objects.filter(person=invitation.person, purpose=ConsentPurpose.SHARE_WITH_EXHIBITORS)
    latest = consents.order_by("-at", "-pk").first()
    clock = clocks(invitation)
    return GuestPage(
        invitation=invitation,
        event=event,
        reasons=invitation.target.reasons if invitation.target else "",
        others=[(say(name), count) for name, count in company.others],
        spaces=spaces,
        rank=rank_of(invitation),
        full=company.full,
        shares=latest.given if latest else False,
        choices=choices,
        chosen=[choice.space for choice in choices if choice.is_chosen and invitation.comes],
        clocks=clock,
        zone=guest_zone(invitation).key if clock else zone_of(event).key,
        zones=zones_offered(invitation) if clock else (),
        until=until,
        is_open=event.cancelled_at is None and until is not None and at < until,
        may_answer=decision_of(invitation) != Decision.REFUSED,
    )


def decision_of(invitation: Invitation) -> str:
    """What was decided of a guest who registered; "" of one whom we invited. No query where the row was loaded with
    its request.
    """
    return str(invitation.request.decision) if invitation.is_asked_for else ""
