"""Whom a user acts for."""

from moussem.accounts.models import User
from moussem.directory.models import Representation


def organisations_represented_by(user: User) -> frozenset[int]:
    """The inner keys of the organisations that a user represents now, and of those merged with them."""
    standing = Representation.objects.filter(user=user, until=None).select_related("organisation")
    keys = {representation.organisation_id for representation in standing}
    return frozenset(keys | {r.organisation.canonical_id for r in standing if r.organisation.canonical_id})
