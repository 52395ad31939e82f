"""The ledger in the navigation."""

from django.utils.translation import gettext_lazy as _

from moussem.audit.permissions import can_read_ledger
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.COUNT, _("Ledger"), "audit:ledger", can_read_ledger, order=900))
