"""Where the observatory is reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.observatory.permissions import can_see_counts

register(NavigationItem(Verb.PUBLIC, _("Observatory"), "observatory:index", anyone, order=5))
register(NavigationItem(Verb.PUBLIC, _("Indicators"), "observatory:indicators", anyone, order=50))
register(NavigationItem(Verb.COUNT, _("Promises and jobs"), "observatory_desk:counts-list", can_see_counts, order=20))
