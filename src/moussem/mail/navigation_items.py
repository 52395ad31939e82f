"""The outbox in the navigation."""

from django.utils.translation import gettext_lazy as _

from moussem.core.navigation import NavigationItem, Verb, register
from moussem.mail.permissions import can_read_outbox

register(NavigationItem(Verb.INVITE, _("Outbox"), "mail:outbox", can_read_outbox, order=900))
