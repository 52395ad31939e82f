"""The templates of gatherings: those offered, the promoter's own; the words of an event's mails; the next edition."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.editions import NotTheLast, next_edition
from moussem.events.domain.planning import correct_letters
from moussem.events.domain.queries.editions import carry_over
from moussem.events.domain.queries.templates import offer_called, offered
from moussem.events.domain.templates import copy_template, correct_template, withdraw_template
from moussem.events.interfaces.meanwhile import both_versions
from moussem.events.interfaces.template_forms import LettersForm, NextEditionForm, TemplateForm
from moussem.events.models import Event, Template
from moussem.events.permissions import can_organise, can_see_desk

STAFF: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_organise}
LONGEST = 60


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("place", "series"), public_id=event)


def _own_template(request: HttpRequest, template: uuid.UUID) -> Template:
    rows = Template.objects.visible_to(request.actor).filter(promoter=request.promoter, withdrawn_at=None)
    return get_object_or_404(rows, public_id=template)


def _form(request: HttpRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    words = {"form": form, "title": title, "verb": Verb.INVITE, **context}
    return render(request, "events/desk/form.html", words, status=status)


def _listed(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("events_desk:events-templates", promoter=request.promoter.slug)


@door(**STAFF)
def templates(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own templates and the ready-made ones, each with what it holds."""
    offers = offered(request.actor)
    context = {
        "own": [offer for offer in offers if offer.row],
        "made": [offer for offer in offers if not offer.row],
        "may_write": can_organise(request.actor),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/templates.html", context)


@door(**EDITORS, methods=("POST",))
@once
def copy(request: HttpRequest, promoter: str) -> HttpResponse:
    """Make a template the promoter's own, to be edited at once."""
    offer = offer_called(offered(request.actor), request.POST.get("source", "")[:LONGEST])
    if offer is None:
        raise Http404
    row = copy_template(by=request.actor, at=timezone.now(), code=offer.code, facts=offer.facts)
    messages.success(request, _("“%(name)s” is yours now. Change what you do otherwise.") % {"name": say(row.name)})
    return redirect("events_desk:events-template", promoter=request.promoter.slug, template=row.public_id)


@door(**EDITORS, methods=FORM)
@once
def template(request: HttpRequest, promoter: str, template: uuid.UUID) -> HttpResponse:
    """Edit one of the promoter's own templates; who saves second sees both versions."""
    row = _own_template(request, template)
    form = TemplateForm(request.POST or None, row=row)
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        by, at, read = request.actor, timezone.now(), form.cleaned_data["version"]
        try:
            correct_template(by=by, at=at, template=row, read_version=read, facts=form.facts)
        except ChangedMeanwhile as changed:
            versions = both_versions(form, TemplateForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _listed(request, _("“%(name)s” was corrected.") % {"name": say(row.name)})
    return _form(request, form, _("Edit the template"), versions=versions, of_templates=True)


@door(**EDITORS, methods=("POST",))
@once
def withdraw(request: HttpRequest, promoter: str, template: uuid.UUID) -> HttpResponse:
    """Offer a template no longer."""
    row = _own_template(request, template)
    withdraw_template(by=request.actor, at=timezone.now(), template=row)
    return _listed(request, _("“%(name)s” is offered no longer.") % {"name": say(row.name)})


@door(**EDITORS, methods=FORM)
@once
def letters(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The event's own words in its mails; who saves second sees both versions."""
    row = _own(request, event)
    form = LettersForm(request.POST or None, initial=LettersForm.initial_of(row))
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        by, at, read = request.actor, timezone.now(), form.cleaned_data["version"]
        try:
            correct_letters(by=by, at=at, event=row, read_version=read, letters=form.letters)
        except ChangedMeanwhile as changed:
            versions = both_versions(form, LettersForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            messages.success(request, _("The words of the mails were corrected."))
            return redirect("events_desk:events-home", promoter=request.promoter.slug, event=row.public_id)
    return _form(request, form, _("Words of the mails"), event=row, versions=versions)


@door(**EDITORS, methods=FORM)
@once
def next_one(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Set up the next edition from this one, shown with what it takes over and what it leaves."""
    row = _own(request, event)
    form = NextEditionForm(request.POST or None, event=row)
    if request.method == "POST" and form.is_valid():
        try:
            edition = next_edition(by=request.actor, at=timezone.now(), event=row, facts=form.facts)
        except NotTheLast as later:
            sentence = _("“%(name)s” stands after this one. Open it, and set up the next edition from there.")
            form.add_error(None, sentence % {"name": say(later.last.name)})
        else:
            sentence = _("“%(name)s” is set up as edition %(number)d. Its guests are still to be invited.")
            messages.success(request, sentence % {"name": say(edition.name), "number": edition.edition})
            return redirect("events_desk:events-home", promoter=request.promoter.slug, event=edition.public_id)
    carried = carry_over(request.actor, row)
    return _form(request, form, _("Next edition"), event=row, carried=carried, submit_label=_("Set it up"))
