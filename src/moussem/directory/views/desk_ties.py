"""What ties the directory's rows together, at the desk: the shared row, who looks after it, what is opened."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.submissions import once
from moussem.directory.domain.organisations import NotShared, own_organisation, tie_to_commons
from moussem.directory.domain.publishing import publish_thing
from moussem.directory.domain.queries import lists
from moussem.directory.domain.queries.lists import Wanted
from moussem.directory.interfaces.forms import CommonsForm
from moussem.directory.models import Organisation, Park, Place
from moussem.directory.permissions import can_see_desk, can_write

STAFF = {"audience": Audience.STAFF, "permission": can_see_desk}
EDITORS = {"audience": Audience.STAFF, "permission": can_write}
LONGEST = 200


def _own(request: HttpRequest, organisation: uuid.UUID) -> Organisation:
    rows = Organisation.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("subject", "owner", "commons"), public_id=organisation)


def _done(request: HttpRequest, sentence: str, organisation: Organisation) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(
        "directory_desk:organisations-page", promoter=request.promoter.slug, organisation=organisation.public_id
    )


def _form(request: HttpRequest, form: object, title: str, lead: str, *, status: int) -> HttpResponse:
    return render(request, "directory/desk/form.html", {"form": form, "title": title, "lead": lead}, status=status)


@door(**EDITORS, methods=FORM)
@once
def tie(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Say which shared row an own organisation is; empty takes the tie away."""
    row = _own(request, organisation)
    initial = {"commons": row.commons.name if row.commons else ""}
    form = CommonsForm(request.POST or None, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        commons = form.cleaned_data["commons"]
        try:
            tie_to_commons(by=request.actor, at=timezone.now(), organisation=row, commons=commons)
        except NotShared:
            form.add_error("commons", _("This row is shared itself: it cannot be tied to another one."))
        else:
            sentence = _("It is tied to the shared row.") if commons else _("It is tied to no shared row any more.")
            return _done(request, sentence, row)
    return _form(request, form, _("Tie to the shared row"), row.name, status=422 if form.is_bound else 200)


@door(**EDITORS, methods=("POST",))
@once
def own(request: HttpRequest, promoter: str, organisation: uuid.UUID) -> HttpResponse:
    """Become the account owner of an organisation nobody looks after."""
    row = own_organisation(by=request.actor, at=timezone.now(), organisation=_own(request, organisation))
    if row.owner and str(row.owner.public_id) == request.actor.id:
        return _done(request, _("You now look after %(name)s.") % {"name": row}, row)
    messages.warning(request, _("Somebody else looks after %(name)s already.") % {"name": row})
    return redirect("directory_desk:organisations-page", promoter=promoter, organisation=row.public_id)


@door(**STAFF)
def ground(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own parks and places, public or not; each kind has its own pages."""
    after, further = (request.GET.get(name, "")[:LONGEST].replace("\x00", "") for name in ("after", "further"))
    context = {
        "parks": lists.parks(request.actor, Wanted("", after=after), own=True),
        "places": lists.places(request.actor, Wanted("", after=further)),
        "may_write": can_write(request.actor),
    }
    return render(request, "directory/desk/ground.html", context)


@door(**EDITORS, methods=("POST",))
@once
def publish_park(request: HttpRequest, promoter: str, park: uuid.UUID) -> HttpResponse:
    """Open a park's page to the public."""
    own_rows = Park.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return _opened(request, get_object_or_404(own_rows, public_id=park))


@door(**EDITORS, methods=("POST",))
@once
def publish_place(request: HttpRequest, promoter: str, place: uuid.UUID) -> HttpResponse:
    """Open a place's page to the public."""
    own_rows = Place.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return _opened(request, get_object_or_404(own_rows, public_id=place))


def _opened(request: HttpRequest, thing: Park | Place) -> HttpResponse:
    row = publish_thing(by=request.actor, at=timezone.now(), thing=thing)
    messages.success(request, _("%(name)s is public now.") % {"name": row})
    return redirect("directory_desk:ground", promoter=request.promoter.slug)
