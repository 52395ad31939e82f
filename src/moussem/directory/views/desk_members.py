"""Members and antennas of an association or club at the desk."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.meanwhile import both_versions
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.memberships import (
    EndBeforeStart,
    EndedAlready,
    OwnMember,
    admit_member,
    close_antenna,
    correct_membership,
    end_membership,
    open_antenna,
)
from moussem.directory.domain.queries.associations import members_page
from moussem.directory.interfaces.association_forms import (
    BACKWARDS,
    AntennaForm,
    MembershipCorrectionForm,
    MembershipForm,
    UntilForm,
)
from moussem.directory.interfaces.forms import ActorForm
from moussem.directory.interfaces.members_query import members_wanted
from moussem.directory.models import Antenna, Membership, Organisation
from moussem.directory.permissions import can_see_desk, can_write

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS = {"audience": Audience.STAFF, "permission": can_write}


def _own(request: HttpRequest, organisation: uuid.UUID) -> Organisation:
    rows = Organisation.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("subject"), public_id=organisation)


def _membership(request: HttpRequest, membership: uuid.UUID) -> Membership:
    rows = Membership.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(
        rows.select_related("association", "person", "organisation", "place"), public_id=membership
    )


def _list(request: HttpRequest, association: Organisation) -> str:
    return reverse("directory_desk:organisations-members", args=[request.promoter.slug, association.public_id])


def _done(request: HttpRequest, sentence: str, association: Organisation) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(_list(request, association))


def _form(request: HttpRequest, form: ActorForm, title: str, association: Organisation, **context: Any) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": _list(request, association), **context}
    return render(request, "directory/desk/form.html", context, status=422 if form.is_bound else 200)


@door(**STAFF)
def members(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """The members of one's own association: by name, by place as a table and a map, on a day; its antennas."""
    row = _own(request, organisation)
    wanted, typed = members_wanted(request, timezone.localdate())
    page = members_page(request.actor, row, wanted)
    context = {"page": page, "wanted": wanted, "typed": typed, "may_write": can_write(request.actor)}
    return render(request, "directory/desk/members.html", context)


@door(**EDITORS, methods=FORM)
@once
def new_member(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Say who is a member of an association or club, where, and as what."""
    row, form = _own(request, organisation), MembershipForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            admit_member(
                by=request.actor, at=timezone.now(), association=row, person=said["person"],
                organisation=said["organisation"], facts=form.facts, publish=said["publish"],
            )  # fmt: skip
        except OwnMember:
            form.add_error("organisation", _("An association is no member of itself. Name another organisation."))
        except EndBeforeStart:
            form.add_error("until", BACKWARDS)
        else:
            return _done(request, _("The member was recorded."), row)
    return _form(request, form, _("Record a member"), row, lead=row.name)


@door(**EDITORS, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, membership: uuid.UUID) -> HttpResponse:
    """Correct a membership; who saves second sees both versions."""
    row = _membership(request, membership)
    initial = MembershipCorrectionForm.initial_of(row)
    form = MembershipCorrectionForm(request.POST or None, actor=request.actor, initial=initial)
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_membership(
                by=request.actor, at=timezone.now(), membership=row, read_version=said["version"], facts=form.facts,
                publish=said["publish"],
            )  # fmt: skip
        except EndBeforeStart:
            form.add_error("until", BACKWARDS)
        except ChangedMeanwhile as changed:
            versions = both_versions(form, MembershipCorrectionForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _done(request, _("The membership was corrected."), row.association)
    title = _("Correct the membership of %(name)s") % {"name": row.person or row.organisation}
    return _form(request, form, title, row.association, lead=row.association.name, versions=versions)


@door(**EDITORS, methods=FORM)
@once
def end(request: HttpRequest, promoter: str, membership: uuid.UUID) -> HttpResponse:
    """Say until when somebody was a member."""
    row = _membership(request, membership)
    form = UntilForm(request.POST or None, actor=request.actor, initial={"version": row.version})

    def act() -> str:
        said = form.cleaned_data
        end_membership(
            by=request.actor, at=timezone.now(), membership=row, read_version=said["version"], until=said["until"]
        )
        return _("The membership has ended. It stays on record.")

    title = _("End the membership of %(name)s") % {"name": row.person or row.organisation}
    return _ended(request, form, title, row.association, act)


@door(**EDITORS, methods=FORM)
@once
def new_antenna(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Record an antenna of an association that stands at a place."""
    row, form = _own(request, organisation), AntennaForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        open_antenna(by=request.actor, at=timezone.now(), association=row, **form.cleaned_data)
        return _done(request, _("The antenna was recorded."), row)
    return _form(request, form, _("Record an antenna"), row, lead=row.name)


@door(**EDITORS, methods=FORM)
@once
def close(request: HttpRequest, promoter: str, antenna: uuid.UUID) -> HttpResponse:
    """Say until when an antenna stood."""
    rows = Antenna.objects.visible_to(request.actor).filter(promoter=request.promoter)
    row = get_object_or_404(rows.select_related("association", "organisation"), public_id=antenna)
    form = UntilForm(request.POST or None, actor=request.actor, initial={"version": row.version})

    def act() -> str:
        said = form.cleaned_data
        close_antenna(
            by=request.actor, at=timezone.now(), antenna=row, read_version=said["version"], until=said["until"]
        )
        return _("The antenna is closed. It stays on record.")

    return _ended(request, form, _("Close the antenna %(name)s") % {"name": row.organisation}, row.association, act)


def _ended(
    request: HttpRequest, form: UntilForm, title: str, association: Organisation, act: Callable[[], str]
) -> HttpResponse:
    """A form that says until when; whatever was typed stays where it is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, act(), association)
        except EndBeforeStart:
            form.add_error("until", BACKWARDS)
        except EndedAlready:
            form.add_error(None, _("It has an end already. Correct it to move the end."))
        except ChangedMeanwhile as changed:
            form.add_error(None, _("Somebody else saved this meanwhile. Look at it, then save again."))
            form.reading(changed.current.version)
    return _form(request, form, title, association, lead=association.name)
