"""The report of a mission at the desk."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.actions.domain.actions import NotAColleague
from moussem.core.doors import FORM, Audience, door
from moussem.core.navigation import Verb
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.missions import HeadNamed, OutcomeNoted, name_delegate, report_outcome
from moussem.events.domain.naming import SeveralBearTheName
from moussem.events.domain.queries.desk import names_offered
from moussem.events.domain.queries.missions import mission_report
from moussem.events.enums import WITH_DELEGATION
from moussem.events.interfaces.minutes_forms import DelegateForm, OutcomeForm
from moussem.events.models import Event, Outcome, Session
from moussem.events.permissions import can_see_minutes, can_write_minutes
from moussem.events.views.programme import several_sentence

READERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_minutes}
WRITERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_write_minutes}


def _own(request: HttpRequest, event: uuid.UUID) -> Event:
    rows = Event.objects.visible_to(request.actor).filter(promoter=request.promoter, kind__in=WITH_DELEGATION)
    return get_object_or_404(rows.select_related("place", "series", "subject"), public_id=event)


def _back(request: HttpRequest, event: Event, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("events_desk:events-report", promoter=request.promoter.slug, event=event.public_id)


@door(**READERS)
def report(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """The report of a mission: delegation, programme, whom they met, what came of it, agreements and projects."""
    row = _own(request, event)
    context = {
        "event": row,
        "report": mission_report(request.actor, row, today=timezone.localdate()),
        "panels": panels_for("events.report", request.actor, row),
        "may_write": can_write_minutes(request.actor),
        "verb": Verb.INVITE,
    }
    return render(request, "events/desk/report.html", context)


@door(**WRITERS, methods=FORM)
@once
def delegate(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Name the head of the delegation, one of its members, or whom they met."""
    row, form = _own(request, event), DelegateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            name_delegate(by=request.actor, at=timezone.now(), event=row, **form.facts)
        except HeadNamed:
            form.add_error("kind", _("The delegation has a head already. Take that part out first."))
        except SeveralBearTheName as several:
            field = "person" if several.is_person else "organisation"
            form.add_error(field, several_sentence(several))
        else:
            return _back(request, row, _("Noted."))
    context = {
        "form": form, "title": _("Delegation and whom it met"), "event": row, "verb": Verb.INVITE,
        "names": names_offered(request.actor),
    }  # fmt: skip
    return render(request, "events/desk/form.html", context, status=422 if form.is_bound else 200)


@door(**WRITERS, methods=FORM)
@once
def whole(request: HttpRequest, promoter: str, event: uuid.UUID) -> HttpResponse:
    """Say what came of the mission as a whole."""
    return _noted(request, _own(request, event), None)


@door(**WRITERS, methods=FORM)
@once
def outcome(request: HttpRequest, promoter: str, event: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Say what came of one visit or meeting of the programme."""
    row = _own(request, event)
    visits = Session.objects.visible_to(request.actor).filter(event=row)
    return _noted(request, row, get_object_or_404(visits, public_id=session))


def _noted(request: HttpRequest, event: Event, session: Session | None) -> HttpResponse:
    standing = Outcome.objects.visible_to(request.actor).filter(event=event, session=session).first()
    form = OutcomeForm(request.POST or None, actor=request.actor, initial=OutcomeForm.initial_of(standing))
    meanwhile = None
    if request.method == "POST" and form.is_valid():
        try:
            report_outcome(
                by=request.actor, at=timezone.now(), event=event, session=session, words=form.cleaned_data["text"],
                read_version=form.cleaned_data["version"], decided=form.decided,
            )  # fmt: skip
        except NotAColleague:
            form.add_error(None, _("Whoever was to do it works here no more. Choose somebody else."))
        except (ChangedMeanwhile, OutcomeNoted):
            meanwhile = Outcome.objects.visible_to(request.actor).get(event=event, session=session)
            form.add_error(None, _("Somebody else noted it meanwhile. Theirs is shown; yours is not lost."))
            form.reading(meanwhile.version)
        else:
            return _back(request, event, _("What came of it is noted."))
    of = say(session.title) if session else say(event.name)
    context = {"event": event, "form": form, "meanwhile": meanwhile, "of": of, "verb": Verb.INVITE}
    return render(request, "events/desk/outcome_form.html", context, status=422 if form.is_bound else 200)
