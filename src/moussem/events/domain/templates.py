"""A promoter's own templates: copied from a ready-made one or another of its own, corrected, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.texts import say
from moussem.core.versions import save_version
from moussem.events.domain.outlines import TemplateFacts, stored_form
from moussem.events.enums import EventKind
from moussem.events.models import Template
from moussem.events.permissions import can_organise


@transaction.atomic
def copy_template(*, by: Actor, at: datetime, code: EventKind, facts: TemplateFacts) -> Template:
    """A template of the promoter's own with these words; it stands in the place of the ready-made one called `code`."""
    require(can_organise(by), "copy a template")
    row = Template.objects.create(
        promoter_id=by.promoter_pk, name=dict(facts.name), kind=facts.kind, code=code,
        outline=stored_form(facts.outline),
    )  # fmt: skip
    _tell(by, at, "copy_template", row, after={"name": row.name, "kind": str(row.kind), "code": str(code)})
    return row


@transaction.atomic
def correct_template(
    *, by: Actor, at: datetime, template: Template, read_version: int, facts: TemplateFacts
) -> Template:
    """Correct a template; gatherings planned with it stay as they are. Raises `ChangedMeanwhile`."""
    require(can_organise(by), "correct a template")
    require_own(template, by=by)
    before = _told(template)
    save_version(
        template, read_version=read_version, name=dict(facts.name), kind=facts.kind, outline=stored_form(facts.outline)
    )
    _tell(by, at, "correct_template", template, before=before, after=_told(template))
    return template


@transaction.atomic
def withdraw_template(*, by: Actor, at: datetime, template: Template) -> None:
    """Offer a template no longer; the row is kept. A second time changes nothing."""
    require(can_organise(by), "withdraw a template")
    require_own(template, by=by)
    standing = Template.objects.filter(pk=template.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=at, version=F("version") + 1):
        _tell(by, at, "withdraw_template", template, after={"withdrawn_at": at})


def _told(row: Template) -> dict[str, Any]:
    return {"name": row.name, "kind": str(row.kind), "outline": row.outline}


def _tell(
    by: Actor,
    at: datetime,
    verb: str,
    row: Template,
    *,
    after: Mapping[str, object],
    before: Mapping[str, object] | None = None,
) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="template", object_id=row.public_id, object_label=say(row.name, "en"),
        promoter_key=by.promoter_key, before=before, after=after,
    )  # fmt: skip
