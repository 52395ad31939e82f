"""Where a user arrives after the log-in."""

from django.urls import reverse

from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.queries.staff import promoters_of
from moussem.accounts.models import Promoter, User
from moussem.core.navigation import WAY, Verb, items_for


def landing_of(user: User) -> str:
    """The desk of the one promoter the user works for; the installation for its administrator; the first page of their
    own for who works at no promoter and acts for an organisation; else the account's page, where a promoter can be
    chosen.
    """
    promoters = promoters_of(user)
    if len(promoters) == 1 and not user.is_installation_administrator:
        return desk_of(user, promoters[0][0]) or reverse("account")
    if user.is_installation_administrator and not promoters:
        return reverse("installation")
    own = [] if promoters else items_for(actor_of_user(user, None), Verb.OWN)
    return reverse(own[0].url_name if own else "account")


def desk_of(user: User, promoter: Promoter) -> str:
    """The first page of the way that the user may open at the promoter; "" where there is none."""
    actor = actor_of_user(user, promoter)
    for verb in (Verb.TODAY, *WAY):
        for item in items_for(actor, verb):
            return reverse(item.url_name, kwargs={"promoter": promoter.slug})
    return ""
