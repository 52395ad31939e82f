"""The operator's side: its own projects and returns, with an account or by a personal link; never a rival's."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.accounts.domain.visits import enter_by_link
from moussem.accounts.enums import LinkPurpose
from moussem.core.clients import client_address, speak
from moussem.core.doors import FORM, Audience, anyone, door
from moussem.core.files import store
from moussem.core.submissions import once
from moussem.projects.domain.queries.projects import joint_of, rows_of
from moussem.projects.domain.queries.returns import return_of_link, return_page, returns_listed, returns_seen
from moussem.projects.domain.returns import correct_return, declare_return, previous_of
from moussem.projects.enums import ReturnState
from moussem.projects.interfaces.refusals import REFUSED, sentence_of
from moussem.projects.interfaces.return_forms import CorrectionForm, NumbersForm
from moussem.projects.models import HeadcountReturn, Project
from moussem.projects.permissions import represents

LONGEST = 200
SHOWN = 20


@door(audience=Audience.OPERATOR, permission=represents)
def own(request: HttpRequest) -> HttpResponse:
    """What the organisations that the user acts for were asked for, and the projects that concern them."""
    cursor = request.GET.get("before", "")[:LONGEST]
    projects = Project.objects.visible_to(request.actor).filter(organisation__in=request.actor.organisation_pks)
    loaded = projects.select_related("organisation", "place", "park", "promoter").order_by("-public_id")[:SHOWN]
    rows = rows_of(request.actor, list(loaded), at=timezone.now())
    context = {
        "list": returns_listed(request.actor, today=timezone.localdate(), cursor=cursor, own=False),
        "projects": rows,
        "joint": joint_of(rows),
    }
    return render(request, "projects/operator/own.html", context)


@door(audience=Audience.OPERATOR, permission=represents, methods=FORM)
@once
def own_return(request: HttpRequest, headcount_return: UUID) -> HttpResponse:
    """Declare three numbers, or correct those declared, with an account."""
    row = get_object_or_404(returns_seen(request.actor), public_id=headcount_return)
    form = _form_for(row, request)
    if request.method == "POST" and _written(request, row, form):
        return redirect("returns-list")
    context = {"panel": _shown(request, row, form), "row": row}
    return render(request, "projects/operator/return.html", context, status=422 if form.is_bound else 200)


@door(audience=Audience.GUEST, permission=anyone, methods=("POST",))
@never_cache
@once
def declare(request: HttpRequest, address: str) -> HttpResponse:
    """Declare by the personal link; a closed link, or one for something else, is answered as everywhere."""
    link = enter_by_link(
        address=address, knocker=client_address(request), at=timezone.now(), purpose=LinkPurpose.DECLARE
    )
    speak(request, link.language)
    request.actor = actor_of_link(link)
    row = return_of_link(request.actor, link)
    if row is None:
        return redirect("link", address=address)
    form = _form_for(row, request)
    if _written(request, row, form):
        return redirect("link", address=address)
    context = {"panel": _shown(request, row, form), "row": row, "link": link}
    return render(request, "projects/operator/by_link.html", context, status=422)


def _form_for(row: HeadcountReturn, request: HttpRequest) -> NumbersForm:
    """The form that the return asks for: three numbers, or their correction; "same as last time" fills it."""
    given: Any = request.POST.copy() if request.method == "POST" else None
    before = previous_of(row)
    if given is not None and given.get("same") and before is not None:
        given.update({"present": before.present, "hired": 0, "left": 0})
    files = request.FILES if given is not None else None
    if row.state == ReturnState.ASKED:
        return NumbersForm(given, files)
    return CorrectionForm(given, files, row=row)


def _shown(request: HttpRequest, row: HeadcountReturn, form: NumbersForm) -> dict[str, Any]:
    """What the operator's form is drawn from."""
    page = return_page(request.actor, row, today=timezone.localdate())
    return {"page": page, "form": form, "action": request.path, "is_asked": row.state == ReturnState.ASKED}


def _written(request: HttpRequest, row: HeadcountReturn, form: NumbersForm) -> bool:
    """Declare or correct; a refusal becomes the sentence beside its field."""
    if not form.is_valid():
        return False
    said, at = form.cleaned_data, timezone.now()
    try:
        if row.state == ReturnState.ASKED:
            upload = said["evidence_file"]
            kept = store(upload, upload.content_type or "application/octet-stream") if upload else None
            declare_return(
                by=request.actor, at=at, row=row, numbers=form.numbers, evidence_words=said["evidence_words"],
                evidence_file=kept,
            )  # fmt: skip
        else:
            correct_return(
                by=request.actor, at=at, row=row, numbers=form.numbers, reason=said["reason"],
                evidence_words=said["evidence_words"],
            )  # fmt: skip
    except REFUSED as refusal:
        field, sentence = sentence_of(refusal)
        form.add_error(field if field in form.fields else None, sentence)
        return False
    messages.success(request, _("Thank you. Your numbers have been written down."))
    return True
