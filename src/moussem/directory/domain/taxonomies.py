"""Adding taxonomies: versions of the list of branches."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.directory.models import Branch, Taxonomy
from moussem.directory.permissions import can_write


@transaction.atomic
def add_taxonomy(
    *,
    by: Actor,
    at: datetime,
    key: str,
    name: Mapping[str, str],
    branches: Sequence[tuple[str, Mapping[str, str]]],
    valid_from: date | None = None,
    publish: bool = False,
) -> Taxonomy:
    """A version of the list of branches, each a code and its name; `valid_from` None where no date is stated."""
    require(can_write(by), "add a taxonomy")
    opened_at = at if publish else None
    taxonomy = Taxonomy.objects.create(
        promoter_id=by.promoter_pk, key=key, name=dict(name), valid_from=valid_from, published_at=opened_at
    )
    Branch.objects.bulk_create(
        Branch(promoter_id=by.promoter_pk, taxonomy=taxonomy, code=code, name=dict(branch_name), published_at=opened_at)
        for code, branch_name in branches
    )
    write_entry(
        by=by,
        at=at,
        verb="add_taxonomy",
        object_kind="taxonomy",
        object_id=taxonomy.public_id,
        object_label=key,
        promoter_key=by.promoter_key,
        after={"branches": [code for code, _ in branches]},
    )
    return taxonomy
