"""Rows that may be one: proposed with a score and reasons, decided by a person, and undone by one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.directory.enums import MatchState
from moussem.directory.models import Organisation, OrganisationMatch
from moussem.directory.permissions import can_decide_matches, can_write
from moussem.evidence.domain.subjects import let_stand_alone, let_stand_for


class AlreadyDecided(Exception):
    """Somebody decided this match meanwhile; `match` carries the decision."""

    def __init__(self, match: OrganisationMatch) -> None:
        """Keep the match as it stands now."""
        super().__init__(f"match {match.public_id} is {match.state}")
        self.match = match


@transaction.atomic
def propose_match(
    *,
    by: Actor,
    at: datetime,
    left: Organisation,
    right: Organisation,
    reasons: Mapping[str, str],
    score: int | None = None,
) -> OrganisationMatch:
    """Propose that `left` is the same as `right` (which would stand for both). The same pair again is the same
    proposal.

    `score` is 0 to 100 by likeness of names; None where the reason is not the name.
    """
    require(can_write(by), "propose a match")
    require_own(left, right, by=by)
    match, _ = OrganisationMatch.objects.get_or_create(
        left=left,
        right=right,
        defaults={"promoter_id": by.promoter_pk, "reasons": dict(reasons), "score": score},
    )
    return match


@transaction.atomic
def decide_match(*, by: Actor, at: datetime, match: OrganisationMatch, same: bool) -> OrganisationMatch:
    """A person says whether both are one; merged rows keep everything, `right` stands for `left`.

    Raises `AlreadyDecided`, and the `CannotMerge` of subjects.
    """
    require(can_decide_matches(by), "decide a match")
    require_own(match, by=by)
    state = MatchState.MERGED if same else MatchState.APART
    _move(match, {MatchState.PROPOSED}, state, by, at)
    if same:
        let_stand_for(by=by, subject=match.left.subject, canonical=match.right.subject)
        Organisation.objects.filter(pk=match.left_id).update(canonical=match.right)
    _tell(by, at, "decide_match", match)
    return match


@transaction.atomic
def reopen_match(*, by: Actor, at: datetime, match: OrganisationMatch) -> OrganisationMatch:
    """Undo a decision: the rows stand apart again and the question is open."""
    require(can_decide_matches(by), "reopen a match")
    require_own(match, by=by)
    was_merged = match.state == MatchState.MERGED
    _move(match, {MatchState.MERGED, MatchState.APART}, MatchState.PROPOSED, by, at)
    if was_merged:
        let_stand_alone(by=by, subject=match.left.subject)
        Organisation.objects.filter(pk=match.left_id).update(canonical=None)
    _tell(by, at, "reopen_match", match)
    return match


def _move(match: OrganisationMatch, sources: set[MatchState], state: MatchState, by: Actor, at: datetime) -> None:
    moved = OrganisationMatch.objects.filter(pk=match.pk, state__in=sources).update(
        state=state, decided_by=by.label, decided_at=at
    )
    match.refresh_from_db(fields=["state", "decided_by", "decided_at"])
    if not moved:
        raise AlreadyDecided(match)


def _tell(by: Actor, at: datetime, verb: str, match: OrganisationMatch) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="organisation_match", object_id=match.public_id,
        object_label=f"{match.left} / {match.right}", promoter_key=by.promoter_key, after={"state": match.state},
    )  # fmt: skip
