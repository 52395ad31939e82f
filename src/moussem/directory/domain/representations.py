"""Users who act for an organisation, from one time until it ends."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.accounts.models import User
from moussem.accounts.permissions import is_promoter_administrator
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.directory.models import Organisation, Representation


@transaction.atomic
def let_represent(*, by: Actor, at: datetime, user: User, organisation: Organisation) -> Representation:
    """Let a user act for an organisation from now on; one who does already keeps the first day."""
    require(is_promoter_administrator(by), "let a user represent an organisation")
    require_own(organisation, by=by)
    representation, added = Representation.objects.get_or_create(
        user=user, organisation=organisation, until=None, defaults={"promoter_id": by.promoter_pk, "since": at}
    )
    if added:
        _tell(by, at, "let_represent", representation)
    return representation


@transaction.atomic
def end_representation(*, by: Actor, at: datetime, representation: Representation) -> Representation:
    """End that a user acts for an organisation; a second time changes nothing."""
    require(is_promoter_administrator(by), "end a representation")
    require_own(representation, by=by)
    if Representation.objects.filter(pk=representation.pk, until=None).update(until=at):
        _tell(by, at, "end_representation", representation)
    representation.refresh_from_db(fields=["until"])
    return representation


def _tell(by: Actor, at: datetime, verb: str, representation: Representation) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="organisation", object_id=representation.organisation.public_id,
        object_label=representation.organisation.name, promoter_key=by.promoter_key,
        after={"user": str(representation.user)},
    )  # fmt: skip
