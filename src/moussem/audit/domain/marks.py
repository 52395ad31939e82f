"""Whether anything changed that a public page may show, so that what was drawn of one is drawn anew exactly then.

Every act writes to the ledger in its transaction, and the ledger adds a mark. Marks are inserted and never updated, so
that no act waits for another; their sum rises with every commit, in whatever order transactions end.
"""

from django.db import transaction
from django.db.models import Sum

from moussem.audit.models import PublicMark
from moussem.core.inserting import inserted

JOINED_FROM = 50
"""Fewer rows than this are not worth joining."""
SUM_OF_MARKS = "SELECT COALESCE(SUM(n), 0) FROM audit_publicmark"
"""The state of the public pages, as part of another query."""


def mark_change() -> None:
    """Add one change, in the transaction that makes it."""
    inserted(PublicMark())


def public_state() -> int:
    """The state of the public pages now: another number after each change that one of them may show."""
    return int(PublicMark.objects.aggregate(all=Sum("n"))["all"] or 0)


@transaction.atomic
def join_marks() -> int:
    """Put many rows into one of the same sum; answers how many are gone. Two workers at once take different rows."""
    rows = list(PublicMark.objects.select_for_update(skip_locked=True).order_by("pk"))
    if len(rows) < JOINED_FROM:
        return 0
    PublicMark.objects.filter(pk__in=[row.pk for row in rows]).delete()
    PublicMark.objects.create(n=sum(row.n for row in rows))
    return len(rows) - 1
