"""Next steps at the desk: staff read them, editors and fund officers open and settle them."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from moussem.actions.domain.actions import (
    ActionSettled,
    ReasonMissing,
    drop_action,
    finish_action,
    open_action,
    plan_action,
)
from moussem.actions.domain.queries.actions import actions_page, line_of
from moussem.actions.interfaces.forms import NewActionForm, PlanForm, SettleForm
from moussem.actions.models import Action
from moussem.actions.permissions import can_act, can_see_actions
from moussem.core.addresses import public_address
from moussem.core.doors import FORM, Audience, door
from moussem.core.panels import panels_for
from moussem.core.submissions import once
from moussem.core.texts import say
from moussem.core.versions import ChangedMeanwhile
from moussem.evidence.enums import SubjectKind
from moussem.evidence.models import Subject

READERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_see_actions}
WRITERS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_act}
DESKS = {
    SubjectKind.ORGANISATION: ("directory_desk:organisations-page", "organisation"),
    SubjectKind.PERSON: ("directory_desk:people-page", "person"),
}


def _key(request: HttpRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _own(request: HttpRequest, action: uuid.UUID) -> Action:
    rows = Action.objects.visible_to(request.actor).select_related("owner", "about")
    return get_object_or_404(rows, public_id=action)


def _about(request: HttpRequest) -> Subject | None:
    key = _key(request, "about")
    return get_object_or_404(Subject.objects.visible_to(request.actor), public_id=key) if key else None


def _back(request: HttpRequest, action: Action) -> HttpResponse:
    """To the page of ours that the form was sent from, else to the next step."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    return redirect("actions:page", promoter=request.promoter.slug, action=action.public_id)


def _form(request: HttpRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "core/form.html", {"form": form, "title": title, **context}, status=status)


@door(**READERS)
def actions(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's next steps: one's own or all, to do or settled, of one subject."""
    about = _about(request)
    mine, settled = request.GET.get("whose") == "mine", request.GET.get("state") == "settled"
    page = actions_page(
        request.actor, today=timezone.localdate(), mine=mine, settled=settled, about=about,
        cursor=request.GET.get("after", "")[:80],
    )  # fmt: skip
    context = {"page": page, "mine": mine, "settled": settled, "about": about, "may_act": can_act(request.actor)}
    return render(request, "actions/desk/actions.html", context)


@door(**WRITERS, methods=FORM)
@once
def new(request: HttpRequest, promoter: str) -> HttpResponse:
    """Open a next step; from another page's button it is about what stood there."""
    about = _about(request)
    form = NewActionForm(request.POST or None, actor=request.actor, today=timezone.localdate(), about=about)
    if request.method == "POST" and form.is_valid():
        action = open_action(by=request.actor, at=timezone.now(), about=form.cleaned_data["about"], **form.plan)
        messages.success(request, _("The next step is noted."))
        return redirect("actions:page", promoter=promoter, action=action.public_id)
    lead = say(about.label) if about else ""
    return _form(
        request, form, _("Note a next step"), lead=lead, submit_label=_("Note it"),
        cancel_url=reverse("actions:list", args=[promoter]),
    )  # fmt: skip


@door(**READERS)
def action(request: HttpRequest, promoter: str, action: uuid.UUID) -> HttpResponse:
    """One next step, with what can be done with it."""
    row = _own(request, action)
    context = {
        "line": line_of(row, request.actor, timezone.localdate()),
        "about_url": _address_of(row.about, promoter),
        "may_act": can_act(request.actor),
        "settle": SettleForm(),
        "panels": panels_for("actions.action", request.actor, row),
    }
    return render(request, "actions/desk/action.html", context)


@door(**WRITERS, methods=FORM)
@once
def change(request: HttpRequest, promoter: str, action: uuid.UUID) -> HttpResponse:
    """Say it otherwise, give it to another, move its date; who saves second sees both versions."""
    row = _own(request, action)
    form = PlanForm(request.POST or None, actor=request.actor, initial=PlanForm.initial_of(row))
    if request.method == "POST" and form.is_valid():
        read = form.cleaned_data["version"] or 0
        try:
            plan_action(by=request.actor, at=timezone.now(), action=row, read_version=read, **form.plan)
        except ActionSettled:
            messages.warning(request, _("It was settled meanwhile. Nothing was changed."))
            return redirect("actions:page", promoter=promoter, action=action)
        except ChangedMeanwhile as changed:
            form.add_error(None, _meanwhile(changed.current))
            form.reading(changed.current.version)
        else:
            messages.success(request, _("The next step is changed."))
            return redirect("actions:page", promoter=promoter, action=action)
    back = reverse("actions:page", args=[promoter, action])
    return _form(request, form, _("Change the next step"), cancel_url=back)


@door(**WRITERS, methods=("POST",))
@once
def done(request: HttpRequest, promoter: str, action: uuid.UUID) -> HttpResponse:
    """It is done."""
    row, form = _own(request, action), SettleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Write at most 300 characters."))
        return redirect("actions:page", promoter=promoter, action=action)
    try:
        finish_action(by=request.actor, at=timezone.now(), action=row, words=form.cleaned_data["words"])
    except ActionSettled:
        messages.warning(request, _("It was settled meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("Done: %(words)s") % {"words": row.words})
    return _back(request, row)


@door(**WRITERS, methods=("POST",))
@once
def drop(request: HttpRequest, promoter: str, action: uuid.UUID) -> HttpResponse:
    """It will not be done, and why."""
    row, form = _own(request, action), SettleForm(request.POST)
    reason = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        drop_action(by=request.actor, at=timezone.now(), action=row, reason=reason)
    except ReasonMissing:
        messages.warning(request, _("Write why it is dropped, in at most 300 characters. Nothing was changed."))
        return redirect("actions:page", promoter=promoter, action=action)
    except ActionSettled:
        messages.warning(request, _("It was settled meanwhile. Nothing was changed."))
    else:
        messages.success(request, _("Dropped: %(words)s") % {"words": row.words})
    return _back(request, row)


def _meanwhile(current: Any) -> str:
    said = {"words": current.words, "owner": current.owner or _("nobody"), "due_on": current.due_on or _("no date")}
    told = _("Somebody saved it meanwhile as: “%(words)s”, %(owner)s, %(due_on)s. What you typed is below.") % said
    return str(told)


def _address_of(about: Subject | None, promoter: str) -> str:
    """The desk's page of what it is about, else its public page."""
    if about is None:
        return ""
    if about.kind in DESKS:
        name, part = DESKS[SubjectKind(about.kind)]
        return reverse(name, kwargs={"promoter": promoter, part: about.public_id})
    return public_address(about.address) if about.is_published else ""
