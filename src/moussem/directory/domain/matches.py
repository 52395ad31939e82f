"""Rows that may be one: proposed with a score and reasons, decided by a person, and undone by one."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from moussem.accounts.domain.refusals import require, require_own
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.core.news import publish
from moussem.directory.enums import MatchState
from moussem.directory.models import Organisation, OrganisationMatch, Person, PersonMatch
from moussem.directory.news import MATCH_CHANGED
from moussem.directory.permissions import can_decide_matches, can_write
from moussem.evidence.domain.subjects import let_stand_alone, let_stand_for

Match = OrganisationMatch | PersonMatch
Matched = Organisation | Person
KINDS = {OrganisationMatch: "organisation_match", PersonMatch: "person_match"}


class AlreadyDecided(Exception):
    """Somebody decided this match meanwhile; `match` carries the decision."""

    def __init__(self, match: Match) -> None:
        """Keep the match as it stands now."""
        super().__init__(f"match {match.public_id} is {match.state}")
        self.match = match


class NotAPair(Exception):
    """A match needs two different rows of one kind: two organisations, or two people."""


@transaction.atomic
def propose_match(
    *,
    by: Actor,
    at: datetime,
    left: Matched,
    right: Matched,
    reasons: Mapping[str, str],
    score: int | None = None,
) -> Match:
    """Propose that `left` is the same as `right` (which would stand for both). The same pair again, either way round,
    is the same proposal.

    `reasons` are words by language; `score` is 0 to 100 by likeness of names, None where the reason is not the name.
    Raises `NotAPair`.
    """
    require(can_write(by), "propose a match")
    require_own(left, right, by=by)
    if type(left) is not type(right) or left.pk == right.pk:
        raise NotAPair(f"{left.public_id} and {right.public_id}")
    table = OrganisationMatch if isinstance(left, Organisation) else PersonMatch
    turned = table.objects.filter(left=right, right=left).first()
    if turned is not None:
        return turned
    match, added = table.objects.get_or_create(
        left=left,
        right=right,
        defaults={"promoter_id": by.promoter_pk, "reasons": dict(reasons), "score": score},
    )
    if added:
        _tell(by, at, "propose_match", match)
    return match


@transaction.atomic
def decide_match(*, by: Actor, at: datetime, match: Match, same: bool) -> Match:
    """A person says whether both are one; merged rows keep everything, `right` stands for `left`.

    Raises `AlreadyDecided`, and the `CannotMerge` of subjects where one of both is merged already.
    """
    require(can_decide_matches(by), "decide a match")
    require_own(match, by=by)
    left, right = _locked(match)
    _move(match, {MatchState.PROPOSED}, MatchState.MERGED if same else MatchState.APART, by, at)
    if same:
        let_stand_for(by=by, subject=left.subject, canonical=right.subject)
        type(left).objects.filter(pk=left.pk).update(canonical=right)
    _tell(by, at, "decide_match", match)
    return match


@transaction.atomic
def reopen_match(*, by: Actor, at: datetime, match: Match) -> Match:
    """Undo a decision: the rows stand apart again and the question is open. Raises `AlreadyDecided` if it is."""
    require(can_decide_matches(by), "reopen a match")
    require_own(match, by=by)
    left, _ = _locked(match)
    was_merged = type(match).objects.get(pk=match.pk).state == MatchState.MERGED
    _move(match, {MatchState.MERGED, MatchState.APART}, MatchState.PROPOSED, by, at)
    if was_merged:
        let_stand_alone(by=by, subject=left.subject)
        type(left).objects.filter(pk=left.pk).update(canonical=None)
    _tell(by, at, "reopen_match", match)
    return match


def _locked(match: Match) -> tuple[Matched, Matched]:
    """Both rows, locked in one order, with their subjects as they stand now: two merges never cross."""
    table: type[Matched] = Organisation if isinstance(match, OrganisationMatch) else Person
    keys = (match.left_id, match.right_id)
    rows = table.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)).select_related("subject")
    found = {row.pk: row for row in rows}
    return found[match.left_id], found[match.right_id]


def _move(match: Match, sources: set[MatchState], state: MatchState, by: Actor, at: datetime) -> None:
    moved = (
        type(match)
        .objects.filter(pk=match.pk, state__in=sources)
        .update(state=state, decided_by=by.label, decided_at=at)
    )
    match.refresh_from_db(fields=["state", "decided_by", "decided_at"])
    if not moved:
        raise AlreadyDecided(match)


def _tell(by: Actor, at: datetime, verb: str, match: Match) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind=KINDS[type(match)], object_id=match.public_id,
        object_label=f"{match.left} / {match.right}", promoter_key=by.promoter_key, after={"state": match.state},
    )  # fmt: skip
    if isinstance(match, OrganisationMatch):
        subjects = [match.left.subject_id, match.right.subject_id]
        key = f"{match.public_id}:{uuid7()}"
        publish(MATCH_CHANGED, key=key, promoter_key=by.promoter_key, subjects=subjects)
