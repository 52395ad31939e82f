"""Whom a user acts for."""

from typing import Any

from django.db.models import QuerySet

from moussem.accounts.models import User
from moussem.core.actor import Represented
from moussem.directory.models import Representation


def representations_of(user: Any) -> "QuerySet[Representation]":
    """What a user, or the one that an outer query names, represents now."""
    return Representation.objects.filter(user=user, until=None)


def represented_by(user: User) -> Represented:
    """The organisations that a user represents now, and those merged with them; and their promoters."""
    standing = representations_of(user)
    rows = list(standing.values_list("promoter_id", "organisation_id", "organisation__canonical_id"))
    organisations = frozenset(key for _promoter, *pair in rows for key in pair if key is not None)
    return Represented(organisations, frozenset(promoter for promoter, *_pair in rows))
