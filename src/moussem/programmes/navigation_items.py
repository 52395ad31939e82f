"""Where the pages of programmes are reached from, and what waits there for a fund officer."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.core.waiting import WaitingSource
from moussem.core.waiting import register as register_waiting
from moussem.programmes.domain.queries.pages import applications_to_decide
from moussem.programmes.permissions import can_apply, can_run, can_see_desk

register(NavigationItem(Verb.PUBLIC, _("Programmes"), "programmes:programmes-list", anyone, order=55))
register(NavigationItem(Verb.OWN, _("My applications"), "programmes:applications-list", can_apply, order=56))
register(NavigationItem(Verb.FUND, _("Programmes"), "programmes_desk:programmes-list", can_see_desk, order=10))
register(NavigationItem(Verb.FUND, _("Applications"), "programmes_desk:applications-list", can_see_desk, order=20))
register_waiting(
    WaitingSource(
        Verb.FUND,
        _("Applications to decide"),
        can_run,
        rows=applications_to_decide,
        title="title",
        on="submitted_at",
        url_name="programmes_desk:applications-list",
        query="state=submitted",
        row_url="programmes_desk:applications-page",
        row_key=("application", "public_id"),
    )
)
