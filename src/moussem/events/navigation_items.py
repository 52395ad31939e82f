"""Where the pages of events are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.events.permissions import can_see_desk

register(NavigationItem(Verb.PUBLIC, _("Events"), "events:events-list", anyone, order=50))
register(NavigationItem(Verb.INVITE, _("Gatherings"), "events_desk:events-list", can_see_desk, order=10))
