"""Where the pages of the directory are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.directory.domain.queries.desks import matching_organisations, matching_people
from moussem.directory.domain.queries.imports import waiting_lists
from moussem.directory.permissions import can_see_desk, can_write

register(NavigationItem(Verb.PUBLIC, _("Organisations"), "directory:organisations-list", anyone, order=30))
register(NavigationItem(Verb.PUBLIC, _("People"), "directory:people-list", anyone, order=35))
register(NavigationItem(Verb.PUBLIC, _("Parks"), "directory:parks-list", anyone, order=40))
register(NavigationItem(Verb.TARGET, _("Organisations"), "directory_desk:organisations-list", can_see_desk, order=10))
register(NavigationItem(Verb.TARGET, _("People"), "directory_desk:people-list", can_see_desk, order=20))
register(NavigationItem(Verb.TARGET, _("Parks and places"), "directory_desk:ground", can_see_desk, order=25))
register(NavigationItem(Verb.TARGET, _("Duplicates"), "directory_desk:matches-list", can_see_desk, order=30))
register(NavigationItem(Verb.TARGET, _("Imports"), "directory_desk:imports-list", can_write, order=28))
waiting.register(
    waiting.WaitingSource(
        Verb.TARGET,
        _("Lists that wait for your yes"),
        can_write,
        waiting_lists,
        title="filename",
        on="opened_at",
        url_name="directory_desk:imports-list",
        row_url="directory_desk:imports-page",
        row_key=("imported_list", "public_id"),
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.TARGET,
        _("Organisations that may be one"),
        can_see_desk,
        matching_organisations,
        title="left__name",
        url_name="directory_desk:matches-list",
    )
)
waiting.register(
    waiting.WaitingSource(
        Verb.TARGET,
        _("People who may be one"),
        can_see_desk,
        matching_people,
        title="left__name",
        url_name="directory_desk:matches-list",
    )
)
