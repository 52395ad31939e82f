"""Opening a thing of the directory to the public: an act of its promoter."""

from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.directory.models import Organisation, Park, Person, Place
from moussem.directory.permissions import can_write
from moussem.evidence.models import Subject

Thing = Organisation | Person | Park | Place


@transaction.atomic
def publish_thing(*, by: Actor, at: datetime, thing: Thing) -> Thing:
    """Open an organisation, person, park or place, and its subject, to the public; a second time changes nothing.

    What is tied to it is opened apart; contact details never are.
    """
    require(can_write(by), "publish a thing of the directory")
    require_own(thing, by=by)
    if type(thing).objects.filter(pk=thing.pk, published_at=None).update(published_at=at):
        Subject.objects.filter(pk=thing.subject_id, published_at=None).update(published_at=at)
        kind = thing._meta.model_name or ""
        write_entry(
            by=by, at=at, verb="publish_thing", object_kind=kind, object_id=thing.public_id,
            object_label=str(thing), promoter_key=by.promoter_key, after={"published_at": at},
        )  # fmt: skip
    thing.refresh_from_db(fields=["published_at"])
    return thing
