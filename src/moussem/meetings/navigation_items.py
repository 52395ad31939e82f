"""Where meetings are reached from, and what of them waits for a person."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.meetings.domain.queries.lists import disputed, pair_of, to_confirm, to_place, unanswered
from moussem.meetings.permissions import can_see_meetings

LIST = "meetings:meetings-list"
ROOM = ("event", "event__public_id")
register(NavigationItem(Verb.MEET, _("Meetings"), LIST, can_see_meetings, order=10))
waiting.register(
    waiting.WaitingSource(
        Verb.MEET,
        _("Requests to meet without an answer"),
        can_see_meetings,
        unanswered,
        title=pair_of(),
        on="expires_at",
        url_name=LIST,
        row_url="meetings:meetings-room",
        row_key=ROOM,
        order=10,
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.MEET,
        _("Accepted meetings to be placed"),
        can_see_meetings,
        to_place,
        title=pair_of(),
        on="answered_at",
        url_name=LIST,
        row_url="meetings:meetings-room",
        row_key=ROOM,
        order=20,
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.MEET,
        _("Did these meetings take place?"),
        can_see_meetings,
        to_confirm,
        title=pair_of("request__"),
        on="slot__starts_at",
        url_name=LIST,
        query="state=confirm",
        row_url="meetings:meetings-page",
        row_key=("meeting", "public_id"),
        order=30,
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.MEET,
        _("The sides disagree"),
        can_see_meetings,
        disputed,
        title=pair_of("request__"),
        on="slot__starts_at",
        url_name=LIST,
        query="state=disputed",
        row_url="meetings:meetings-page",
        row_key=("meeting", "public_id"),
        order=40,
    )
)
