"""The outbox in the navigation."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.mail.domain.queries.outbox import failed, in_doubt
from moussem.mail.permissions import can_read_outbox

register(NavigationItem(Verb.INVITE, _("Outbox"), "mail:outbox", can_read_outbox, order=900))
waiting.register(
    waiting.WaitingSource(
        Verb.INVITE,
        _("Mails in doubt: they are sent again by themselves"),
        can_read_outbox,
        in_doubt,
        title="address",
        on="created_at",
        url_name="mail:outbox",
        order=900,
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.INVITE,
        _("Mails that failed"),
        can_read_outbox,
        failed,
        title="address",
        on="created_at",
        url_name="mail:outbox",
        order=910,
    )
)
