"""Applications at the desk: read, entered for an applicant, completed, decided."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.submissions import once
from moussem.engines.values.units import Unit
from moussem.programmes.domain.applications import (
    ask_for_more,
    submit_application,
    withdraw_application,
    write_application,
)
from moussem.programmes.domain.determinations import determine
from moussem.programmes.domain.landing import land_application, projects_of_applicant
from moussem.programmes.domain.queries import pages
from moussem.programmes.enums import ApplicationState
from moussem.programmes.interfaces.facts import CorrectedApplicationForm, EnteredApplicationForm, save_corrected
from moussem.programmes.interfaces.fields import written
from moussem.programmes.interfaces.forms import DecisionForm, LandForm, MoreForm
from moussem.programmes.interfaces.refusals import REFUSALS, sentence_of
from moussem.programmes.models import Application, Call
from moussem.programmes.permissions import can_decide, can_run, can_see_desk
from moussem.programmes.views.operator import moves_of

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
RUNNING = {"audience": Audience.STAFF, "permission": can_run}
DECIDING = {"audience": Audience.STAFF, "permission": can_decide}
LONGEST = 200


def _own(request: HttpRequest, application: uuid.UUID) -> Application:
    rows = pages.loaded_applications(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows, public_id=application)


def _to(request: HttpRequest, row: Application) -> HttpResponse:
    return redirect("programmes_desk:applications-page", promoter=request.promoter.slug, application=row.public_id)


def _form(request: HttpRequest, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "programmes/desk/form.html", {"form": form, "title": title, **context}, status=status)


@door(**STAFF)
def applications(request: HttpRequest, promoter: str) -> HttpResponse:
    """The applications to the promoter's calls, the newest first."""
    state, after = (request.GET.get(name, "")[:LONGEST] for name in ("state", "after"))
    page = pages.applications(request.actor, state=state, after=after, own=True)
    context = {"page": page, "state": state, "states": ApplicationState.choices}
    return render(request, "programmes/desk/applications.html", context)


@door(**RUNNING, methods=FORM)
@once
def enter(request: HttpRequest, promoter: str, call: uuid.UUID) -> HttpResponse:
    """Enter an application that was handed in on paper or by mail."""
    rows = Call.objects.visible_to(request.actor).filter(promoter=request.promoter)
    row = get_object_or_404(rows.select_related("programme", "rule_set"), public_id=call)
    form = EnteredApplicationForm(request.POST or None, call=row, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            row_written = write_application(
                by=request.actor, at=timezone.now(), call=row, organisation=form.organisation, **form.wanted
            )
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("It is kept. Read what the rules say, then hand it in."))
            return _to(request, row_written)
    return _form(request, form, _("Enter an application"), lead_texts=row.name)


@door(**STAFF)
def application(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """One application: its values against the very rules, what to ask for, what is left of the envelope."""
    row = _own(request, application)
    page = pages.application_page(request.actor, row)
    context = {"page": page, "can": moves_of(row), "may_run": can_run(request.actor)}
    return render(request, "programmes/desk/application.html", {**context, "may_decide": can_decide(request.actor)})


@door(**RUNNING, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Correct or complete an application for the applicant."""
    row = _own(request, application)
    form = CorrectedApplicationForm(
        request.POST or None, call=row.call, initial=CorrectedApplicationForm.initial_of(row)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and save_corrected(by=request.actor, at=timezone.now(), application=row, form=form)
    ):
        messages.success(request, _("It is kept. Read what the rules say, then hand it in."))
        return _to(request, row)
    return _form(request, form, _("Correct the application"), lead_texts={"fr": row.title})


def _moved(request: HttpRequest, row: Application, move: Callable[..., Application], sentence: str) -> HttpResponse:
    try:
        move(by=request.actor, at=timezone.now(), application=row)
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    else:
        messages.success(request, sentence)
    return _to(request, row)


@door(**RUNNING, methods=("POST",))
@once
def submit(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Hand an application in for the applicant."""
    return _moved(request, _own(request, application), submit_application, _("It is handed in."))


@door(**RUNNING, methods=("POST",))
@once
def withdraw(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Take an application back for the applicant."""
    return _moved(request, _own(request, application), withdraw_application, _("It is withdrawn."))


@door(**RUNNING, methods=FORM)
@once
def more(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Ask the applicant for what is missing; what the rules miss is proposed."""
    row = _own(request, application)
    said = pages.answer_of(row)
    initial = {"words": said.headline if said and said.ask else ""}
    form = MoreForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_more(by=request.actor, at=timezone.now(), application=row, words=form.cleaned_data["words"])
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("The applicant is asked."))
            return _to(request, row)
    return _form(request, form, _("Ask for more"), lead_texts={"fr": row.title}, submit_label=_("Ask"))


@door(**RUNNING, methods=FORM)
@once
def land(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Follow an accepted application as a project; a second time opens nothing."""
    row = _own(request, application)
    form = LandForm(request.POST or None, projects=projects_of_applicant(row))
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["project"]
        try:
            land_application(by=request.actor, at=timezone.now(), application=row, project=chosen)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("It is followed as a project."))
            return _to(request, row)
    return _form(request, form, _("Follow as a project"), lead_texts={"fr": row.title})


@door(**DECIDING, methods=FORM)
@once
def decide(request: HttpRequest, promoter: str, application: uuid.UUID) -> HttpResponse:
    """Decide an application, once."""
    row = _own(request, application)
    page = pages.application_page(request.actor, row)
    initial = {"amount": written(row.asked_for, Unit.MAD)}
    options = {"kind": row.call.programme.kind, "projects": projects_of_applicant(row), "initial": initial}
    form = DecisionForm(request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        try:
            determine(by=request.actor, at=timezone.now(), application=row, **form.wanted)
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, _("It is decided, and the applicant is told."))
            return _to(request, row)
    return render(
        request, "programmes/desk/decide.html", {"form": form, "page": page}, status=422 if form.is_bound else 200
    )
