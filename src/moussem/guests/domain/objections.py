"""Objecting to standing on a target list: the person says so by their link; it is kept, and honoured from then on.

GDPR, article 21 (2) and (3), and article 9 of the Moroccan law 09-08: whoever objects to being approached is not
approached any more, and is told of that right on the page that asks them.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.audit.domain.erasure import erase_payload
from moussem.audit.models import Entry
from moussem.core.actor import Actor, task_actor
from moussem.core.texts import say
from moussem.directory.domain.people import record_consent
from moussem.directory.enums import ConsentPurpose
from moussem.guests.domain.answers import Answer, AnswersClosed, answer
from moussem.guests.domain.invitations import EventCancelled
from moussem.guests.domain.seats import lock_event
from moussem.guests.enums import InvitationState
from moussem.guests.models import Invitation, Judgement, Prequalification, Standing, Target
from moussem.guests.permissions import can_answer

TELLING = ("add_target", "correct_target", "answer_criterion", "prequalify")
"""The acts whose rows of the ledger repeat why somebody was wished for."""
AWAY = (InvitationState.DECLINED, InvitationState.DELEGATED, InvitationState.EXPIRED)


@transaction.atomic
def object_to_list(*, by: Actor, at: datetime, target: Target, words: str = "") -> Target:
    """Take a person off this list and off every other list of the promoter on which they are not invited yet; the
    reasons, the score and what was said about them are erased, their seat is given back, and nobody invites them again
    until they agree. Once however often asked. By the person's link, or by staff who heard it.
    """
    invitation = Invitation.objects.select_related("link", "person", "promoter", "target").filter(target=target).first()
    link = invitation.link if invitation else None
    require(can_answer(by, str(link.public_id) if link else ""), "object to a target list")
    require_own(target, by=by)
    event = lock_event(target.event_id)
    if Target.objects.filter(pk=target.pk, objected_at__isnull=False).exists():
        return target
    if invitation is not None and invitation.sent_at is not None:
        _stay_away(by, at, invitation)
    author = task_actor("object_to_list", promoter_pk=event.promoter_id, promoter_key=by.promoter_key)
    _take_off(author, at, target, words[:300])
    record_consent(
        by=author, at=at, person=target.person, purpose=ConsentPurpose.INVITATIONS, given=False, said_at=at,
        proof=f"{say(event.name)}, {at:%Y-%m-%d}, target {target.public_id}"[:300],
    )  # fmt: skip
    write_entry(
        by=by, at=at, verb="object_to_list", object_kind="target", object_id=target.public_id,
        object_label=target.person.name, promoter_key=by.promoter_key, after={"objected_at": at},
    )  # fmt: skip
    target.refresh_from_db()
    return target


def _stay_away(by: Actor, at: datetime, invitation: Invitation) -> None:
    if invitation.state in AWAY:
        return
    try:
        answer(by=by, at=at, invitation=invitation, said=Answer())
    except (AnswersClosed, EventCancelled):
        return


def _take_off(by: Actor, at: datetime, target: Target, words: str) -> None:
    theirs = Target.objects.filter(promoter=target.promoter_id, person=target.person_id)
    for table in (Standing, Judgement, Prequalification):
        table.objects.filter(target__in=theirs).delete()
    theirs.update(reasons="")
    _erase_from_ledger(by, at, theirs)
    waiting = theirs.exclude(pk=target.pk).exclude(invitation__sent_at__isnull=False).filter(dropped_at=None)
    waiting.update(dropped_at=at, version=F("version") + 1)
    Target.objects.filter(pk=target.pk).update(dropped_at=at, objected_at=at, objection=words, version=F("version") + 1)


def _erase_from_ledger(by: Actor, at: datetime, theirs: "QuerySet[Target]") -> None:
    """Erase what the ledger repeats of the reasons and answers; that somebody acted, and when, stays."""
    keys = [str(key) for key in theirs.values_list("public_id", flat=True)]
    told = Entry.objects.filter(object_kind="target", object_id__in=keys, verb__in=TELLING, payload__erased_at=None)
    for entry in told.filter(payload__isnull=False):
        erase_payload(by=by, at=at, entry=entry, reason="object_to_list")
