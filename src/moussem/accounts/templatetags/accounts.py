"""`{% load accounts %}`: what the log-in page asks."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from moussem.accounts.domain.demonstration import NotOnLoopback, refuse_elsewhere
from moussem.accounts.domain.queries.actors import actor_of_user
from moussem.accounts.domain.queries.staff import RoleButton, role_buttons
from moussem.accounts.interfaces.landing import desk_of
from moussem.accounts.models import Promoter
from moussem.core.clients import came_from_this_machine
from moussem.core.navigation import Verb, items_for

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_links(context: Context, promoter: Promoter) -> dict[str, Any]:
    """The first page of the promoter's desk ("" where there is none), and its administration's pages, for the user."""
    user = context["request"].user
    items = items_for(actor_of_user(user, promoter), Verb.ADMINISTRATION)
    pages = [{"label": item.label, "url": reverse(item.url_name, kwargs={"promoter": promoter.slug})} for item in items]
    return {"home": desk_of(user, promoter), "administration": pages}


@register.simple_tag(takes_context=True)
def own_links(context: Context) -> list[dict[str, Any]]:
    """The pages of what the user follows without a desk: returns, applications."""
    items = items_for(actor_of_user(context["request"].user, None), Verb.OWN)
    return [{"label": item.label, "url": reverse(item.url_name)} for item in items]


@register.simple_tag(takes_context=True)
def demonstration_buttons(context: Context) -> list[tuple[str, list[RoleButton]]]:
    """The role accounts by promoter, in a demonstration asked from this machine; nothing anywhere else."""
    try:
        refuse_elsewhere()
    except NotOnLoopback:
        return []
    return role_buttons() if came_from_this_machine(context["request"]) else []
