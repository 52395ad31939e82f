"""Applications as those see them who act for an organisation: theirs, and nobody else's."""

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
from moussem.programmes.domain.applications import (
    MOVES,
    submit_application,
    withdraw_application,
    write_application,
)
from moussem.programmes.domain.queries import pages
from moussem.programmes.interfaces.facts import CorrectedApplicationForm, OwnApplicationForm, save_corrected
from moussem.programmes.interfaces.refusals import REFUSALS, sentence_of
from moussem.programmes.models import Application, Call
from moussem.programmes.permissions import can_apply

APPLICANT = {"audience": Audience.OPERATOR, "permission": can_apply}
LONGEST = 200


def _own(request: HttpRequest, application: uuid.UUID) -> Application:
    rows = pages.loaded_applications(request.actor).filter(organisation__in=request.actor.organisation_pks)
    return get_object_or_404(rows, public_id=application)


def _to(request: HttpRequest, row: Application, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("programmes:applications-page", application=row.public_id)


def _form(request: HttpRequest, form: Any, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "programmes/operator/form.html", {"form": form, "title": title, **context}, status=status)


@door(**APPLICANT)
def applications(request: HttpRequest) -> HttpResponse:
    """The applications of the organisations that the reader acts for."""
    page = pages.applications(request.actor, after=request.GET.get("after", "")[:LONGEST])
    return render(request, "programmes/operator/applications.html", {"page": page})


@door(**APPLICANT, methods=FORM)
@once
def apply(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """Begin an application; it is kept, and handed in only from its own page."""
    rows = Call.objects.visible_to(request.actor).select_related("programme", "rule_set")
    row = get_object_or_404(rows, public_id=call)
    form = OwnApplicationForm(request.POST or None, call=row, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            written = write_application(
                by=request.actor, at=timezone.now(), call=row, organisation=form.organisation, **form.wanted
            )
        except REFUSALS as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return _to(request, written, _("It is kept. Read what the rules say, then hand it in."))
    return _form(request, form, _("Apply"), lead_texts=row.name, submit_label=_("Keep and see the answer"))


@door(**APPLICANT)
def application(request: HttpRequest, application: uuid.UUID) -> HttpResponse:
    """One application: what it states, what the rules say of it, how it stands."""
    row = _own(request, application)
    page = pages.application_page(request.actor, row)
    return render(request, "programmes/operator/application.html", {"page": page, "can": moves_of(row)})


def moves_of(row: Application) -> frozenset[str]:
    """The verbs that an application's state allows."""
    return frozenset(move for move, states in MOVES.items() if row.state in states)


@door(**APPLICANT, methods=FORM)
@once
def correct(request: HttpRequest, application: uuid.UUID) -> HttpResponse:
    """Correct or complete an application; who saves second is told, and what they typed stays."""
    row = _own(request, application)
    form = CorrectedApplicationForm(
        request.POST or None, call=row.call, initial=CorrectedApplicationForm.initial_of(row)
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and save_corrected(by=request.actor, at=timezone.now(), application=row, form=form)
    ):
        return _to(request, row, _("It is kept. Read what the rules say, then hand it in."))
    return _form(request, form, _("Correct the application"), submit_label=_("Keep and see the answer"))


@door(**APPLICANT, methods=("POST",))
@once
def submit(request: HttpRequest, application: uuid.UUID) -> HttpResponse:
    """Hand an application in."""
    return _moved(request, _own(request, application), submit_application, _("It is handed in."))


@door(**APPLICANT, methods=("POST",))
@once
def withdraw(request: HttpRequest, application: uuid.UUID) -> HttpResponse:
    """Take an application back."""
    return _moved(request, _own(request, application), withdraw_application, _("It is withdrawn."))


def _moved(request: HttpRequest, row: Application, move: Callable[..., Application], sentence: str) -> HttpResponse:
    try:
        move(by=request.actor, at=timezone.now(), application=row)
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
        return redirect("programmes:applications-page", application=row.public_id)
    return _to(request, row, sentence)
