"""How one target stands, at the desk: answering criteria, the four questions, what the person may read, objecting."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.guests.domain.judging import answer_criteria
from moussem.guests.domain.objections import object_to_list
from moussem.guests.domain.prequalification import prequalify
from moussem.guests.domain.queries.kept import RELATED, kept_about
from moussem.guests.domain.queries.standing import criteria_seen, judgements_of, questions_of, standing_of
from moussem.guests.interfaces.criteria_forms import JudgementsForm, ObjectionForm, QuestionsForm
from moussem.guests.interfaces.reasons import reasons_of
from moussem.guests.models import Target
from moussem.guests.permissions import can_invite, can_see_scores

TEAM: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_scores}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_invite}
POST: Mapping[str, Any] = {**EDITORS, "methods": ("POST",)}


def _target(request: HttpRequest, event: uuid.UUID, target: uuid.UUID) -> Target:
    rows = Target.objects.visible_to(request.actor).filter(event__public_id=event, promoter=request.promoter)
    return get_object_or_404(rows.select_related(*RELATED), public_id=target)


def _guest(request: HttpRequest, target: Target) -> HttpResponse:
    slug = request.promoter.slug
    return redirect("guests_desk:guests-guest", promoter=slug, event=target.event.public_id, target=target.public_id)


def _form(request: HttpRequest, target: Target, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "event": target.event, "target": target, "title": title, "verb": Verb.TARGET, **context}
    return render(request, "guests/desk/answers.html", words, status=status)


@door(**EDITORS, methods=FORM)
@once
def judge(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Answer the criteria of the list about one target; what is left unanswered is as the directory says."""
    found = _target(request, event, target)
    said = judgements_of(request.actor, found)
    looked_for = criteria_seen(request.actor, found.event)
    standing = standing_of(request.actor, found)
    form = JudgementsForm(request.POST or None, target=found, criteria=looked_for, said=said, standing=standing)
    is_late = False
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            answer_criteria(by=request.actor, at=timezone.now(), target=found, read_version=version, said=form.said)
        except ChangedMeanwhile as changed:
            is_late = True
            form.reading(changed.current.version)
        else:
            messages.success(request, _("Noted; %(guest)s stands anew.") % {"guest": found.person.name})
            return _guest(request, found)
    title = _("What we know of %(guest)s") % {"guest": found.person.name}
    reasons = reasons_of(standing) if is_late else ()
    return _form(request, found, form, title, is_late=is_late, reasons=reasons)


@door(**EDITORS, methods=FORM)
@once
def qualify(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Answer the four questions about one target; each answer keeps who gave it, and when."""
    found = _target(request, event, target)
    questions = questions_of(request.actor, [found])[found.pk]
    form = QuestionsForm(request.POST or None, target=found, questions=questions)
    is_late = False
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            prequalify(by=request.actor, at=timezone.now(), target=found, read_version=version, said=form.said)
        except ChangedMeanwhile as changed:
            is_late = True
            form.reading(changed.current.version)
        else:
            messages.success(request, _("What you learned of %(guest)s is noted.") % {"guest": found.person.name})
            return _guest(request, found)
    title = _("Pre-qualify %(guest)s") % {"guest": found.person.name}
    return _form(request, found, form, title, is_late=is_late, questions=questions if is_late else None)


@door(**TEAM)
def kept(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """What the person may read of what is kept about them, as they read it."""
    found = _target(request, event, target)
    about = kept_about(request.actor, found)
    context = {
        "event": found.event, "target": found, "kept": about, "reasons": reasons_of(about.standing),
        "verb": Verb.TARGET, "form": ObjectionForm(), "may_write": can_invite(request.actor),
    }  # fmt: skip
    return render(request, "guests/desk/kept.html", context)


@door(**POST)
@once
def objects(request: HttpRequest, promoter: str, event: uuid.UUID, target: uuid.UUID) -> HttpResponse:
    """Note that the person objects to standing on the list, as they said it by telephone or in passing."""
    found = _target(request, event, target)
    form = ObjectionForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    object_to_list(by=request.actor, at=timezone.now(), target=found, words=words)
    messages.success(request, _("%(guest)s is off our lists and stays off.") % {"guest": found.person.name})
    return redirect("guests_desk:guests", promoter=promoter, event=found.event.public_id)
