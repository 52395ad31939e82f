"""Where the pages of agreements are reached from, and what waits there."""

from django.utils.translation import gettext_lazy as _

from moussem.agreements.domain.queries.pages import prepared
from moussem.agreements.permissions import can_see_desk
from moussem.core import waiting
from moussem.core.navigation import NavigationItem, Verb, register

LIST = "agreements_desk:agreements-list"
register(NavigationItem(Verb.SIGN, _("Agreements"), LIST, can_see_desk, order=10))
waiting.register(
    waiting.WaitingSource(
        Verb.SIGN,
        _("Agreements to sign"),
        can_see_desk,
        prepared,
        title="title",
        texts=True,
        on="event__period_start",
        url_name=LIST,
        query="state=prepared",
        row_url="agreements_desk:agreements-page",
        row_key=("agreement", "public_id"),
    )
)
