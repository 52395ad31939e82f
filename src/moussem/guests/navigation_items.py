"""Where the pages of guests are reached from, and what waits there for a person."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.core.waiting import WaitingSource
from moussem.guests.domain.queries.lists import silent, to_invite
from moussem.guests.domain.queries.registrations import to_approve
from moussem.guests.permissions import can_see_desk

register(NavigationItem(Verb.TARGET, _("Target lists"), "guests_desk:targets-list", can_see_desk, order=5))
register(NavigationItem(Verb.INVITE, _("Invitations"), "guests_desk:invitations-list", can_see_desk, order=20))
waiting.register(
    WaitingSource(
        Verb.TARGET, _("Guests on a list, not invited yet"), can_see_desk, rows=to_invite, title="person__name",
        on="event__period_start", url_name="guests_desk:targets-list", row_url="guests_desk:guests",
        row_key=("event", "event__public_id"), order=10,
    )
)  # fmt: skip
waiting.register(
    WaitingSource(
        Verb.INVITE, _("Guests who have not answered"), can_see_desk, rows=silent, title="person__name", on="sent_at",
        url_name="guests_desk:invitations-list", query="state=sent", row_url="guests_desk:guests",
        row_key=("event", "event__public_id"), order=20,
    )
)  # fmt: skip
waiting.register(
    WaitingSource(
        Verb.INVITE, _("Registrations to approve"), can_see_desk, rows=to_approve, title="person__name", on="sent_at",
        url_name="guests_desk:invitations-list", query="state=asked", row_url="guests_desk:registrations",
        row_key=("event", "event__public_id"), order=30,
    )
)  # fmt: skip
