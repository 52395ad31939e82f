"""Programmes at the desk: the programme, its rules, its calls, its awards."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.evidence.domain.documents import QuoteTooLong
from moussem.programmes.domain.programmes import (
    NobodyDescribed,
    ProgrammeNotPublic,
    add_call,
    add_programme,
    add_rule_set,
    correct_programme,
    give_award,
    publish_call,
    publish_programme,
)
from moussem.programmes.domain.queries import pages
from moussem.programmes.enums import ProgrammeKind
from moussem.programmes.interfaces.facts import try_rules
from moussem.programmes.interfaces.forms import (
    AwardForm,
    CallForm,
    CorrectedProgrammeForm,
    ProgrammeForm,
    RulesForm,
)
from moussem.programmes.interfaces.refusals import meanwhile, sentence_of
from moussem.programmes.models import Call, Programme
from moussem.programmes.permissions import can_give_awards, can_run, can_see_desk

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
RUNNING = {"audience": Audience.STAFF, "permission": can_run}
AWARDING = {"audience": Audience.STAFF, "permission": can_give_awards}
LONGEST = 200


def _own(request: HttpRequest, programme: uuid.UUID) -> Programme:
    rows = Programme.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("subject", "giver", "place", "event"), public_id=programme)


def _form(request: HttpRequest, form: Any, title: str, *, name: str = "form", **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context |= {"form": form, "title": title}
    return render(request, f"programmes/desk/{name}.html", context, status=status)


def _done(request: HttpRequest, sentence: str, programme: Programme) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("programmes_desk:programmes-page", promoter=request.promoter.slug, programme=programme.public_id)


@door(**STAFF)
def programmes(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own programmes."""
    kind, after = (request.GET.get(name, "")[:LONGEST] for name in ("kind", "after"))
    page = pages.programmes(request.actor, kind=kind, after=after, own=True)
    context = {"page": page, "kind": kind, "kinds": ProgrammeKind.choices, "may_run": can_run(request.actor)}
    return render(request, "programmes/desk/programmes.html", context)


@door(**RUNNING, methods=FORM)
@once
def new_programme(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add a programme; it is not public until somebody publishes it."""
    form = ProgrammeForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        row = add_programme(by=request.actor, at=timezone.now(), facts=form.facts)
        return _done(request, _("%(name)s was added. Write its rules now.") % {"name": say(row.name)}, row)
    return _form(request, form, _("Add a programme"))


@door(**STAFF)
def programme(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """One programme with its rules, envelope, calls and awards, and the next step."""
    row = _own(request, programme)
    page = pages.programme_page(request.actor, row, at=timezone.now())
    context = {"page": page, "may_run": can_run(request.actor), "may_award": can_give_awards(request.actor)}
    return render(request, "programmes/desk/programme.html", {**context, **try_rules(request.GET, page.tried)})


@door(**RUNNING, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """Correct a programme; who saves second is told what was saved, and what they typed stays."""
    row = _own(request, programme)
    form = CorrectedProgrammeForm(
        request.POST or None, actor=request.actor, initial=CorrectedProgrammeForm.initial_of(row)
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            correct_programme(
                by=request.actor, at=timezone.now(), programme=row, read_version=version, facts=form.kept(row)
            )
        except ChangedMeanwhile as changed:
            form.reading(changed.current.version)
            form.add_error(None, meanwhile(", ".join(_there(changed.current))))
        else:
            return _done(request, _("%(name)s was corrected.") % {"name": say(row.name)}, row)
    return _form(request, form, _("Correct %(name)s") % {"name": say(row.name)})


def _there(row: Any) -> list[str]:
    shown = CorrectedProgrammeForm.initial_of(row)
    return [str(shown[name]) for name in ("name_fr", "name_en", "kind", "giver", "envelope") if shown[name]]


@door(**RUNNING, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """Open a programme to the public."""
    row = publish_programme(by=request.actor, at=timezone.now(), programme=_own(request, programme))
    return _done(request, _("%(name)s is public now.") % {"name": say(row.name)}, row)


@door(**RUNNING, methods=FORM)
@once
def new_rules(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """Write a new version of the rules, beginning from the newest one; no version is ever changed."""
    row = _own(request, programme)
    newest = pages.rule_sets_of(request.actor, row).first()
    form = RulesForm(request.POST or None, actor=request.actor, initial=RulesForm.initial_of(newest))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            written = add_rule_set(
                by=request.actor, at=timezone.now(), programme=row, facts=form.facts, document=said["document"],
                quote=said["quote"],
            )  # fmt: skip
        except QuoteTooLong:
            form.add_error("quote", _("A quote has at most 12 words. Shorten it."))
        else:
            return _done(request, _("Version %(number)s of the rules was written.") % {"number": written.number}, row)
    return _form(request, form, _("Write the rules"), name="rules", lead_texts=row.name)


@door(**RUNNING, methods=FORM)
@once
def new_call(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """Open a call under one version of the rules."""
    row = _own(request, programme)
    rule_sets = list(pages.rule_sets_of(request.actor, row))
    if not rule_sets:
        messages.warning(request, _("A call needs rules. Write them first."))
        return redirect("programmes_desk:programmes-rules", promoter=promoter, programme=row.public_id)
    begin = pages.tried_rules(rule_sets) or rule_sets[0]
    initial = {"opens_on": timezone.localdate(), "rules": str(begin.number)}
    form = CallForm(request.POST or None, actor=request.actor, rule_sets=rule_sets, initial=initial)
    if request.method == "POST" and form.is_valid():
        publish_it = form.cleaned_data["publish"]
        try:
            add_call(by=request.actor, at=timezone.now(), programme=row, facts=form.facts, publish=publish_it)
        except ProgrammeNotPublic as refusal:
            form.add_error("publish", sentence_of(refusal))
        else:
            return _done(request, _("The call was opened."), row)
    return _form(request, form, _("Open a call"), lead_texts=row.name)


@door(**RUNNING, methods=("POST",))
@once
def publish_call_to_all(request: HttpRequest, promoter: str, call: uuid.UUID) -> HttpResponse:
    """Show a call to the public."""
    rows = Call.objects.visible_to(request.actor).filter(promoter=request.promoter).select_related("programme")
    row = get_object_or_404(rows, public_id=call)
    try:
        publish_call(by=request.actor, at=timezone.now(), call=row)
    except ProgrammeNotPublic as refusal:
        messages.warning(request, sentence_of(refusal))
        return redirect("programmes_desk:programmes-page", promoter=promoter, programme=row.programme.public_id)
    return _done(request, _("The call is public now."), row.programme)


@door(**AWARDING, methods=FORM)
@once
def new_award(request: HttpRequest, promoter: str, programme: uuid.UUID) -> HttpResponse:
    """Record an award: the winner named, or described."""
    row = _own(request, programme)
    initial = {"event": row.event.public_id if row.event else None}
    form = AwardForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            give_award(by=request.actor, at=timezone.now(), programme=row, facts=form.facts)
        except NobodyDescribed as refusal:
            form.add_error("words_fr", sentence_of(refusal))
        else:
            return _done(request, _("The award was recorded."), row)
    return _form(request, form, _("Record an award"), lead_texts=row.name)
