"""Rows that may be one: a person decides each, and can take it back."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import Audience, door
from moussem.core.libraries import LibraryMissing
from moussem.core.submissions import once
from moussem.directory.domain.duplicates import ask_for_duplicates
from moussem.directory.domain.likeness import LIKENESS
from moussem.directory.domain.matches import AlreadyDecided, Match, decide_match, reopen_match
from moussem.directory.domain.queries import desks
from moussem.directory.models import OrganisationMatch, PersonMatch
from moussem.directory.permissions import can_decide_matches, can_see_desk, can_write
from moussem.evidence.domain.subjects import CannotMerge


def _match(request: HttpRequest, match: uuid.UUID) -> Match:
    for table in (OrganisationMatch, PersonMatch):
        rows = table.objects.visible_to(request.actor).filter(promoter=request.promoter)
        found = rows.select_related("left__subject", "right__subject").filter(public_id=match).first()
        if found is not None:
            return found
    raise Http404


@door(audience=Audience.STAFF, permission=can_see_desk)
def matches(request: HttpRequest, promoter: str) -> HttpResponse:
    """The doubtful matches with their reasons and what deciding them would change."""
    context = {"page": desks.matches(request.actor), "may_decide": can_decide_matches(request.actor)}
    context |= {"may_search": can_write(request.actor) and not LIKENESS.fault, "switched_off": LIKENESS.sentence}
    return render(request, "directory/desk/matches.html", context)


@door(audience=Audience.STAFF, permission=can_decide_matches, methods=("POST",))
@once
def decide(request: HttpRequest, promoter: str, match: uuid.UUID) -> HttpResponse:
    """Say that both are the same, that they are not, or that the question is open again."""
    row, answer = _match(request, match), request.POST.get("answer", "")
    try:
        _act(request, row, answer)
    except AlreadyDecided as decided:
        messages.warning(request, _meanwhile(decided.match))
    except CannotMerge:
        messages.warning(
            request,
            _("“%(left)s” and “%(right)s” cannot be merged now: one of them is merged already. Undo that first.")
            % {"left": row.left, "right": row.right},
        )
    return redirect("directory_desk:matches-list", promoter=promoter)


def _act(request: HttpRequest, row: Match, answer: str) -> None:
    names = {"left": row.left, "right": row.right}
    if answer in ("same", "apart"):
        decide_match(by=request.actor, at=timezone.now(), match=row, same=answer == "same")
        said = (
            _("“%(left)s” and “%(right)s” are now one.")
            if answer == "same"
            else _("“%(left)s” and “%(right)s” stay two.")
        )
    elif answer == "open":
        reopen_match(by=request.actor, at=timezone.now(), match=row)
        said = _("Whether “%(left)s” and “%(right)s” are one is open again.")
    else:
        messages.warning(request, _("Nothing was decided: choose one of the answers."))
        return
    messages.success(request, said % names)


def _meanwhile(match: Match) -> str:
    values = {"who": match.decided_by, "state": match.get_state_display()}
    return _("%(who)s decided this meanwhile: %(state)s. Nothing was changed by you.") % values


@door(audience=Audience.STAFF, permission=can_write, methods=("POST",))
@once
def search(request: HttpRequest, promoter: str) -> HttpResponse:
    """Let the worker look for what may be one."""
    try:
        ask_for_duplicates(by=request.actor, at=timezone.now())
        messages.success(request, _("The search has begun. What it finds appears here in a moment."))
    except LibraryMissing:
        messages.error(request, LIKENESS.sentence)
    return redirect("directory_desk:matches-list", promoter=promoter)
