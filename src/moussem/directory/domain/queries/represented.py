"""Whom a user acts for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from moussem.accounts.models import User
from moussem.core.actor import Represented
from moussem.core.asking import question, read
from moussem.directory.models import Representation


@question
def represented_rows(keys: Sequence[int]) -> "QuerySet[Any]":
    """What the users with these inner keys represent now, as `represented_in` takes it."""
    standing = Representation.objects.filter(user__in=keys, until=None)
    return standing.values_list("promoter_id", "organisation_id", "organisation__canonical_id")


def represented_in(rows: Iterable[tuple[int, int, int | None]]) -> Represented:
    """The organisations of these rows (`represented_rows`), those merged with them, and their promoters."""
    known = list(rows)
    organisations = frozenset(key for _promoter, *pair in known for key in pair if key is not None)
    return Represented(organisations, frozenset(promoter for promoter, *_pair in known))


def represented_by(user: User) -> Represented:
    """The organisations that a user represents now, and those merged with them; and their promoters."""
    (rows,) = read([represented_rows((user.pk,))])
    return represented_in(rows)
