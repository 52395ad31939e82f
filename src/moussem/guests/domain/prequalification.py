"""Pre-qualification: does the gathering fit, is there a need, a date, somebody who decides. Asked before inviting.

It informs whoever invites and stops nobody: a person decides.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.versions import save_version
from moussem.guests.enums import PrequalificationQuestion, Verdict
from moussem.guests.models import Prequalification, Target
from moussem.guests.permissions import can_invite

Said = Mapping[PrequalificationQuestion, tuple[Verdict | None, str]]
"""An answer with its words for each question; None: not asked."""


@transaction.atomic
def prequalify(*, by: Actor, at: datetime, target: Target, read_version: int, said: Said) -> Target:
    """Note the answers to the questions given, each with who and when; an answer that stays keeps both, and None takes
    one back. Raises `ChangedMeanwhile`.
    """
    require(can_invite(by), "prequalify a target")
    require_own(target, by=by)
    known = {row.question: (row.answer, row.words) for row in Prequalification.objects.filter(target=target)}
    wanted = {str(q): (str(answer), words[:300]) if answer else None for q, (answer, words) in said.items()}
    differing = {question: value for question, value in wanted.items() if known.get(question) != value}
    if not differing:
        return target
    save_version(target, read_version=read_version)
    for question, value in differing.items():
        rows = Prequalification.objects.filter(target=target, question=question)
        if value is None:
            rows.delete()
            continue
        kept = {"answer": value[0], "words": value[1], "answered_by": by.shown_label[:200], "answered_at": at}
        Prequalification.objects.update_or_create(
            target=target, question=question, defaults=kept,
            create_defaults={**kept, "promoter_id": target.promoter_id},
        )  # fmt: skip
    write_entry(
        by=by, at=at, verb="prequalify", object_kind="target", object_id=target.public_id,
        object_label=target.person.name, promoter_key=by.promoter_key,
        before={question: known[question][0] for question in differing if question in known},
        after={question: value[0] if value else None for question, value in differing.items()},
    )  # fmt: skip
    return target
