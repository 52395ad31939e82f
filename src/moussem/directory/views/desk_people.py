"""People at the desk. How to reach them is shown to their account owner and to the administrator only."""

import uuid
from datetime import UTC, datetime, time
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.domain.refusals import NotAllowed
from moussem.core.doors import FORM, Audience, door
from moussem.core.meanwhile import both_versions
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.people import (
    ContactUnsourced,
    add_person,
    affiliate,
    correct_person,
    own_person,
    record_consent,
    record_contact,
)
from moussem.directory.domain.publishing import publish_thing
from moussem.directory.domain.queries import lists
from moussem.directory.domain.queries.desks import person_desk
from moussem.directory.domain.queries.lists import Wanted
from moussem.directory.enums import ConsentPurpose
from moussem.directory.interfaces.forms import ConsentForm, ContactForm, NewPersonForm, PersonForm, RoleForm
from moussem.directory.models import Person
from moussem.directory.permissions import can_see_contacts, can_see_desk, can_write

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS = {"audience": Audience.STAFF, "permission": can_write}
LONGEST = 200


def _own(request: HttpRequest, person: uuid.UUID) -> Person:
    rows = Person.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("subject", "owner"), public_id=person)


def _form(request: HttpRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "directory/desk/form.html", {"form": form, "title": title, **context}, status=status)


def _done(request: HttpRequest, sentence: str, person: Person) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("directory_desk:people-page", promoter=request.promoter.slug, person=person.public_id)


@door(**STAFF)
def people(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own people by name."""
    words, after = (request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("q", "after"))
    wanted = Wanted(words.strip(), after=after)
    context = {"list": lists.people(request.actor, wanted, own=True), "wanted": wanted}
    return render(request, "directory/desk/people.html", context | {"may_write": can_write(request.actor)})


@door(**EDITORS, methods=FORM)
@once
def new_person(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add a person; not public until somebody publishes them."""
    form = NewPersonForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        row = add_person(
            by=request.actor, at=timezone.now(), name=form.cleaned_data["name"], printed_names=form.printed_names,
            place=form.cleaned_data["place"],
        )  # fmt: skip
        return _done(request, _("%(name)s was added. It is not public yet.") % {"name": row}, row)
    return _form(request, form, _("Add a person"))


@door(**STAFF)
def person(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """One person; contact details only for whom they are open to."""
    rows = Person.objects.visible_to(request.actor).select_related("subject", "owner")
    row = get_object_or_404(rows, public_id=person)
    desk = person_desk(request.actor, row, cursor=request.GET.get("before", "")[:LONGEST])
    return render(request, "directory/desk/person.html", {"desk": desk, "page": desk.page})


@door(**EDITORS, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Correct a person's names; who saves second sees both versions."""
    row = _own(request, person)
    form = PersonForm(request.POST or None, actor=request.actor, initial=PersonForm.initial_of(row))
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            correct_person(
                by=request.actor, at=timezone.now(), person=row, read_version=said["version"], name=said["name"],
                printed_names=form.printed_names, place=said["place"],
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            versions = both_versions(form, PersonForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _done(request, _("%(name)s was corrected.") % {"name": row}, row)
    return _form(request, form, _("Correct %(name)s") % {"name": row}, versions=versions)


@door(**EDITORS, methods=FORM)
@once
def contact(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Record how to reach a person; 403 for those to whom the details are not open."""
    row = _own(request, person)
    if not can_see_contacts(request.actor, str(row.owner.public_id) if row.owner else ""):
        raise PermissionDenied
    form = ContactForm(request.POST or None, actor=request.actor, initial=ContactForm.initial_of(row))
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            record_contact(
                by=request.actor, at=timezone.now(), person=row, read_version=form.cleaned_data["version"],
                contact=form.contact,
            )  # fmt: skip
        except ContactUnsourced:
            form.add_error("source", _("Say where this was learned: contact details are kept with their source only."))
        except ChangedMeanwhile as changed:
            versions = both_versions(form, ContactForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _done(request, _("How to reach %(name)s was recorded.") % {"name": row}, row)
    return _form(request, form, _("How to reach %(name)s") % {"name": row}, versions=versions)


@door(**EDITORS, methods=("POST",))
@once
def own(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Become the account owner of somebody nobody owns."""
    try:
        row = own_person(by=request.actor, at=timezone.now(), person=_own(request, person))
    except NotAllowed:
        row = _own(request, person)
    if row.owner and str(row.owner.public_id) == request.actor.id:
        return _done(request, _("You now look after %(name)s.") % {"name": row}, row)
    messages.warning(request, _("Somebody else looks after %(name)s already.") % {"name": row})
    return redirect("directory_desk:people-page", promoter=promoter, person=row.public_id)


@door(**EDITORS, methods=FORM)
@once
def new_role(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Say what a person is or was at an organisation."""
    row, form = _own(request, person), RoleForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        role = {"fr": said["role_fr"], "en": said["role_en"] or said["role_fr"]}
        affiliate(
            by=request.actor, at=timezone.now(), person=row, organisation=said["organisation"], role=role,
            former=said["former"], period=said["period"], publish=said["publish"],
        )  # fmt: skip
        return _done(request, _("The role was recorded."), row)
    return _form(request, form, _("Record a role"), lead=row.name)


@door(**EDITORS, methods=FORM)
@once
def new_consent(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Record that a person agreed or objected."""
    row, form = _own(request, person), ConsentForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        record_consent(
            by=request.actor, at=timezone.now(), person=row, purpose=ConsentPurpose(said["purpose"]),
            given=said["given"], said_at=datetime.combine(said["said_on"], time(12), UTC), proof=said["proof"],
        )  # fmt: skip
        return _done(request, _("The answer was recorded."), row)
    return _form(request, form, _("Record an answer"), lead=row.name)


@door(**EDITORS, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, person: uuid.UUID) -> HttpResponse:
    """Open a person's page, without contact details, to the public."""
    row = publish_thing(by=request.actor, at=timezone.now(), thing=_own(request, person))
    return _done(request, _("%(name)s is public now.") % {"name": row}, row)
