"""Organisations, parks and places at the desk: staff read, editors write, nothing is lost when two write at once."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.accounts.permissions import is_promoter_administrator
from moussem.core.doors import FORM, Audience, door
from moussem.core.meanwhile import both_versions
from moussem.core.panels import with_panels
from moussem.core.submissions import once
from moussem.core.versions import ChangedMeanwhile
from moussem.directory.domain.organisations import (
    NowhereStated,
    OwnParent,
    add_alias,
    add_organisation,
    correct_organisation,
    establish,
    name_branches,
)
from moussem.directory.domain.places import CodeTaken, add_park, add_place
from moussem.directory.domain.publishing import publish_thing
from moussem.directory.domain.queries import lists
from moussem.directory.domain.queries.desks import organisation_desk
from moussem.directory.domain.queries.lists import Wanted
from moussem.directory.domain.representations import end_representation, let_represent
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.interfaces.forms import (
    AliasForm,
    BranchesForm,
    EstablishmentForm,
    NewOrganisationForm,
    OrganisationForm,
    ParkForm,
    PlaceForm,
    RepresentationForm,
)
from moussem.directory.models import Organisation, Representation
from moussem.directory.permissions import can_see_desk, can_write

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS = {"audience": Audience.STAFF, "permission": can_write}
ADMINISTRATORS = {"audience": Audience.ADMINISTRATOR, "permission": is_promoter_administrator}
LONGEST = 200
WORDS = ("q", "kind", "region", "after")


def _wanted(request: HttpRequest) -> Wanted:
    words, kind, region, after = (request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in WORDS)
    return Wanted(words.strip(), kind, region, after)


def _own(request: HttpRequest, organisation: uuid.UUID) -> Organisation:
    rows = Organisation.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("subject", "parent", "place"), public_id=organisation)


def _form(request: HttpRequest, form: Form, title: str, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "directory/desk/form.html", {"form": form, "title": title, **context}, status=status)


def _done(request: HttpRequest, sentence: str, organisation: Organisation) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(
        "directory_desk:organisations-page", promoter=request.promoter.slug, organisation=organisation.public_id
    )


def _tied(
    request: HttpRequest, organisation: Organisation, form: Form, title: str, tie: Callable[[], str]
) -> HttpResponse:
    """A small form about an organisation: one verb, one sentence."""
    if request.method == "POST" and form.is_valid():
        return _done(request, tie(), organisation)
    return _form(request, form, title, lead=organisation.name)


@door(**STAFF)
def organisations(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own organisations by name."""
    wanted = _wanted(request)
    context = {"list": lists.organisations(request.actor, wanted, own=True), "wanted": wanted}
    context |= {"kinds": OrganisationKind.choices, "may_write": can_write(request.actor)}
    return render(request, "directory/desk/organisations.html", context)


@door(**EDITORS, methods=FORM)
@once
def new_organisation(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add an organisation; it is not public until somebody publishes it."""
    form = NewOrganisationForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        row = add_organisation(by=request.actor, at=timezone.now(), facts=form.facts)
        return _done(request, _("%(name)s was added. It is not public yet.") % {"name": row}, row)
    return _form(request, form, _("Add an organisation"))


@door(**STAFF)
def organisation(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """One organisation, with what the public does not see and what may be done with it."""
    rows = Organisation.objects.visible_to(request.actor).select_related(
        "subject", "place__within__within", "owner", "commons__subject"
    )
    row = get_object_or_404(rows, public_id=organisation)
    reading = organisation_desk.reading(request.actor, row, cursor=request.GET.get("before", "")[:LONGEST])
    desk, panels = with_panels(reading, "directory.organisation", request.actor, row)
    return render(request, "directory/desk/organisation.html", {"desk": desk, "page": desk.page, "panels": panels})


@door(**EDITORS, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Correct an organisation; who saves second sees both versions, and what they typed stays."""
    row = _own(request, organisation)
    form = OrganisationForm(request.POST or None, actor=request.actor, initial=OrganisationForm.initial_of(row))
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_organisation(
                by=request.actor, at=timezone.now(), organisation=row,
                read_version=form.cleaned_data["version"], facts=form.facts,
            )  # fmt: skip
        except OwnParent:
            form.add_error("parent", _("An organisation cannot belong to itself. Name another one, or leave it empty."))
        except ChangedMeanwhile as changed:
            versions = both_versions(form, OrganisationForm.initial_of(changed.current))
            form.reading(changed.current.version)
        else:
            return _done(request, _("%(name)s was corrected.") % {"name": row}, row)
    return _form(request, form, _("Correct %(name)s") % {"name": row}, versions=versions)


@door(**EDITORS, methods=FORM)
@once
def new_alias(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Add another name of an organisation."""
    row, form = _own(request, organisation), AliasForm(request.POST or None, actor=request.actor)

    def tie() -> str:
        said = form.cleaned_data
        add_alias(by=request.actor, at=timezone.now(), organisation=row, name=said["name"], ours=said["ours"])
        return _("It is now also found as “%(name)s”.") % {"name": said["name"]}

    return _tied(request, row, form, _("Add another name"), tie)


@door(**EDITORS, methods=FORM)
@once
def branches(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Say in which lines of business an organisation works."""
    row = _own(request, organisation)
    shown = {"branches": list(row.branches.values_list("public_id", flat=True))}
    form = BranchesForm(request.POST or None, actor=request.actor, initial=shown)

    def tie() -> str:
        name_branches(by=request.actor, at=timezone.now(), organisation=row, branches=form.cleaned_data["branches"])
        return _("The lines of business were recorded.")

    return _tied(request, row, form, _("Lines of business"), tie)


@door(**EDITORS, methods=FORM)
@once
def new_establishment(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Say where an organisation is established."""
    row, form = _own(request, organisation), EstablishmentForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            establish(by=request.actor, at=timezone.now(), organisation=row, **form.cleaned_data)
        except NowhereStated:
            form.add_error("park", _("Choose a park, or a place."))
        else:
            return _done(request, _("The establishment was recorded."), row)
    return _form(request, form, _("Record an establishment"), lead=row.name)


@door(**EDITORS, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Open an organisation to the public."""
    row = publish_thing(by=request.actor, at=timezone.now(), thing=_own(request, organisation))
    return _done(request, _("%(name)s is public now.") % {"name": row}, row)


@door(**ADMINISTRATORS, methods=FORM)
@once
def new_representation(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Let a user act for an organisation."""
    row, form = _own(request, organisation), RepresentationForm(request.POST or None, actor=request.actor)

    def tie() -> str:
        user = form.cleaned_data["user"]
        let_represent(by=request.actor, at=timezone.now(), user=user, organisation=row)
        return _("%(user)s now acts for %(name)s.") % {"user": user, "name": row}

    return _tied(request, row, form, _("Let a user act for this organisation"), tie)


@door(**ADMINISTRATORS, methods=("POST",))
@once
def end(request: HttpRequest, promoter: str, representation: uuid.UUID) -> HttpResponse:
    """End that a user acts for an organisation."""
    rows = Representation.objects.visible_to(request.actor).select_related("organisation", "user")
    row = end_representation(
        by=request.actor, at=timezone.now(), representation=get_object_or_404(rows, public_id=representation)
    )
    sentence = _("%(user)s does not act for %(name)s any more.") % {"user": row.user, "name": row.organisation}
    return _done(request, sentence, row.organisation)


@door(**EDITORS, methods=FORM)
@once
def new_park(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add a park; it is not public until somebody publishes it."""
    form = ParkForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        row = add_park(by=request.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s was added. It is not public yet.") % {"name": row})
        return redirect("directory_desk:ground", promoter=promoter)
    return _form(request, form, _("Add a park"))


@door(**EDITORS, methods=FORM)
@once
def new_place(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add a place; it is not public until somebody publishes it."""
    form = PlaceForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        name = {"fr": said["name_fr"], "en": said["name_en"] or said["name_fr"]}
        try:
            row = add_place(
                by=request.actor, at=timezone.now(), kind=PlaceKind(said["kind"]), name=name, code=said["code"],
                within=said["place"],
            )  # fmt: skip
        except CodeTaken:
            form.add_error("code", _("Another place has this code already. Correct the code, or use that place."))
        else:
            messages.success(request, _("%(name)s was added. It is not public yet.") % {"name": row})
            return redirect("directory_desk:ground", promoter=promoter)
    return _form(request, form, _("Add a place"))
