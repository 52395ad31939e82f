"""Whom a user acts for."""

from moussem.accounts.models import User
from moussem.directory.models import Representation


def organisations_represented_by(user: User) -> frozenset[int]:
    """The inner keys of the organisations that a user represents now, and of those merged with them."""
    standing = Representation.objects.filter(user=user, until=None)
    pairs = standing.values_list("organisation_id", "organisation__canonical_id")
    return frozenset(key for pair in pairs for key in pair if key is not None)
