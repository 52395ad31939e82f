"""The criteria of a target list at the desk, and whom the directory proposes by them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.events.models import Event
from moussem.guests.domain.criteria import add_criterion, correct_criterion, drop_criterion
from moussem.guests.domain.long_lists import being_judged, judge_soon
from moussem.guests.domain.queries.proposals import propose
from moussem.guests.domain.queries.standing import criteria_seen
from moussem.guests.domain.targets import Aim, target_proposed
from moussem.guests.enums import CriterionField, LegalBasis
from moussem.guests.interfaces.criteria_forms import CriterionForm, ProposalsForm
from moussem.guests.interfaces.reasons import criterion_words, reason_of
from moussem.guests.interfaces.sentences import REFUSALS, sentence_of
from moussem.guests.models import Criterion
from moussem.guests.permissions import can_invite, can_see_scores

TEAM: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_scores}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
POST: Mapping[str, Any] = {**EDITORS, "methods": ("POST",)}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "promoter"), public_id=event)


def _criterion(request: HttpRequest, event: Event, criterion: uuid.UUID) -> Criterion:
    rows = Criterion.objects.visible_to(request.actor).filter(event=event, dropped_at=None)
    return get_object_or_404(rows.select_related("event__promoter"), public_id=criterion)


def _page(request: HttpRequest, event: Event) -> HttpResponse:
    return redirect("guests_desk:guests-criteria", promoter=request.promoter.slug, event=event.public_id)


def _saved_words(event: Event) -> str:
    """What was done; a long list is still being judged then."""
    if being_judged(event) is not None:
        return _("The criterion is saved.")
    return _("The criterion is saved, and everybody stands anew.")


def _dropped_words(event: Event) -> str:
    """The same for a criterion that counts no more."""
    if being_judged(event) is not None:
        return _("This counts no more.")
    return _("This counts no more, and everybody stands anew.")


@door(**TEAM)
def criteria(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """What a list looks for, with the weights, and the fields that another criterion may be about."""
    row = _own(request, event)
    found = criteria_seen(request.actor, row)
    whole = sum(one.weight for one in found)
    lines = [(one, criterion_words(one), 100 * one.weight // whole) for one in found]
    context = {
        "event": row,
        "lines": lines,
        "whole": whole,
        "fields": CriterionField.choices,
        "verb": Verb.TARGET,
        "judging": being_judged(row),
    }
    return render(request, "guests/desk/criteria.html", context)


def _form(request: HttpRequest, event: Event, form: CriterionForm, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "event": event, "title": title, "verb": Verb.TARGET, "field": form.field, **context}
    return render(request, "guests/desk/criterion.html", words, status=status)


@door(**EDITORS, methods=FORM)
@once
def new_criterion(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Add a criterion about the field that the address names."""
    row = _own(request, event)
    asked = (request.POST if request.method == "POST" else request.GET).get("field", CriterionField.QUESTION.value)
    if asked not in CriterionField.values:
        raise Http404
    field = CriterionField(asked)
    form = CriterionForm(request.POST or None, actor=request.actor, field=field)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_criterion(by=request.actor, at=timezone.now(), event=row, draft=form.draft)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("The list looks for it now: %(what)s.") % {"what": criterion_words(added)})
            return _page(request, row)
    return _form(request, row, form, str(field.label))


@door(**EDITORS, methods=FORM)
@once
def edit_criterion(request: HttpRequest, promoter: str, event: uuid.UUID, criterion: uuid.UUID) -> HttpResponse:
    """Correct a criterion; who saves second sees what was saved meanwhile."""
    row = _own(request, event)
    found = _criterion(request, row, criterion)
    field = CriterionField(found.field)
    form = CriterionForm(request.POST or None, actor=request.actor, field=field, row=found)
    meanwhile: str = ""
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            correct_criterion(
                by=request.actor, at=timezone.now(), criterion=found, read_version=version, draft=form.draft
            )
        except ChangedMeanwhile as changed:
            form.reading(changed.current.version)
            weight = _("weight %(n)s") % {"n": changed.current.weight}
            meanwhile = f"{criterion_words(changed.current)} · {weight}"
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(
                request,
                _saved_words(row),
            )
            return _page(request, row)
    return _form(request, row, form, str(field.label), criterion=found, meanwhile=meanwhile)


@door(**POST)
@once
def drop(request: HttpRequest, promoter: str, event: uuid.UUID, criterion: uuid.UUID) -> HttpResponse:
    """Let a criterion count no more."""
    row = _own(request, event)
    drop_criterion(by=request.actor, at=timezone.now(), criterion=_criterion(request, row, criterion))
    messages.success(request, _dropped_words(row))
    return _page(request, row)


@door(**POST)
@once
def judge_again(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Let everybody on the list stand as the directory now says."""
    row = _own(request, event)
    n = judge_soon(by=request.actor, at=timezone.now(), event=row)
    said = ngettext("%(n)s guest stands otherwise now.", "%(n)s guests stand otherwise now.", n or 0) % {"n": n}
    if n is not None:
        messages.success(request, said if n else _("Everybody stands as before."))
    return redirect("guests_desk:guests", promoter=promoter, event=row.public_id)


@door(**EDITORS, methods=FORM)
@once
def proposals(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Whom the directory proposes by the criteria of the list, and why; a person chooses who is put on it."""
    row = _own(request, event)
    looked_for = criteria_seen(request.actor, row)
    found = propose(request.actor, row, looked_for, on=timezone.localdate())
    form = ProposalsForm(request.POST or None, actor=request.actor, event=row, proposed=found.people)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        basis = LegalBasis(said["legal_basis"]) if said["legal_basis"] else None
        wished = [(one.person, one.organisation) for one in form.chosen]
        aim = Aim(guest_kind=said["guest_kind"], legal_basis=basis)
        added = target_proposed(by=request.actor, at=timezone.now(), event=row, wished=wished, aim=aim)
        n = len(added)
        messages.success(request, ngettext("%(n)s guest added.", "%(n)s guests added.", n) % {"n": n})
        return redirect("guests_desk:guests", promoter=promoter, event=row.public_id)
    lines = [(one, [reason_of(line) for line in one.lines]) for one in found.people]
    context = {
        "event": row, "form": form, "lines": lines, "firms": found.firms, "criteria": looked_for, "verb": Verb.TARGET,
    }  # fmt: skip
    return render(request, "guests/desk/proposals.html", context, status=422 if form.is_bound else 200)
