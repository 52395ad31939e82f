"""Where next steps are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.actions.permissions import can_see_actions
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.TODAY, _("Next steps"), "actions:list", can_see_actions, order=200))
