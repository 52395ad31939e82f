"""Staff pages: headcount returns asked for, declared, missing, checked, verified and corrected."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.actor import Actor
from moussem.core.doors import FORM, Audience, door
from moussem.core.files import serve
from moussem.core.submissions import once
from moussem.projects.domain.queries.returns import MISSING, return_page, returns_listed, returns_seen
from moussem.projects.domain.returns import check_return, correct_return, verify_return
from moussem.projects.enums import ReturnState
from moussem.projects.interfaces.refusals import REFUSED, sentence_of
from moussem.projects.interfaces.return_forms import CorrectionForm, VerifyForm
from moussem.projects.models import HeadcountReturn
from moussem.projects.permissions import can_be_second, can_see_desk, can_write

LONGEST = 200


@door(audience=Audience.STAFF, permission=can_see_desk)
def returns(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's returns, newest first; the missing ones are shown, never filled in."""
    state, cursor = (request.GET.get(name, "")[:LONGEST] for name in ("state", "before"))
    context = {
        "list": returns_listed(request.actor, today=timezone.localdate(), state=state, cursor=cursor),
        "states": [*ReturnState.choices, (MISSING, _("Missing"))],
    }
    return render(request, "projects/desk/returns.html", context)


@door(audience=Audience.STAFF, permission=can_see_desk)
def headcount_return(request: HttpRequest, promoter: str, headcount_return: UUID) -> HttpResponse:
    """One return: three numbers, what they rest on, what was counted, and what can be done with it."""
    row = get_object_or_404(returns_seen(request.actor, own=True), public_id=headcount_return)
    page = return_page(request.actor, row, today=timezone.localdate())
    context = {
        "page": page,
        "may_verify": page.may_be_second and can_be_second(request.actor),
        "may_check": page.may_be_second and can_be_second(request.actor) and row.state == ReturnState.DECLARED,
        "may_correct": can_write(request.actor) and row.state not in (ReturnState.ASKED, ReturnState.CORRECTED),
    }
    return render(request, "projects/desk/return.html", context)


def _own(request: HttpRequest, headcount_return: UUID) -> HeadcountReturn:
    return get_object_or_404(returns_seen(request.actor, own=True), public_id=headcount_return)


@door(audience=Audience.STAFF, permission=can_be_second, methods=("POST",))
@once
def check(request: HttpRequest, promoter: str, headcount_return: UUID) -> HttpResponse:
    """A second person of the promoter looked at it."""
    row = _own(request, headcount_return)
    try:
        check_return(by=request.actor, at=timezone.now(), row=row)
    except REFUSED as refusal:
        messages.error(request, sentence_of(refusal)[1])
    else:
        messages.success(request, _("Checked internally. A verified figure needs an independent body."))
    return redirect(_page(request, row))


@door(audience=Audience.STAFF, permission=can_be_second, methods=FORM)
@once
def verify(request: HttpRequest, promoter: str, headcount_return: UUID) -> HttpResponse:
    """Record what an independent body counted."""
    row = _own(request, headcount_return)
    form = VerifyForm(request.POST or None, actor=request.actor, initial={"present": row.present})

    def write(by: Actor, at: datetime) -> HeadcountReturn:
        said = form.cleaned_data
        return verify_return(
            by=by, at=at, row=row, body=said["body"], present=said["present"], evidence_words=said["evidence_words"]
        )

    return _write(request, row, form, _("Verify"), _("Verified: the figure stands beside the declared one."), write)


@door(audience=Audience.STAFF, permission=can_write, methods=FORM)
@once
def correct(request: HttpRequest, promoter: str, headcount_return: UUID) -> HttpResponse:
    """Correct on the operator's word; the old numbers stay."""
    row = _own(request, headcount_return)
    form = CorrectionForm(request.POST or None, row=row)

    def write(by: Actor, at: datetime) -> HeadcountReturn:
        said = form.cleaned_data
        return correct_return(
            by=by, at=at, row=row, numbers=form.numbers, reason=said["reason"], evidence_words=said["evidence_words"]
        )

    return _write(request, row, form, _("Correct the numbers"), _("Corrected. The old numbers stay."), write)


@door(audience=Audience.STAFF, permission=can_see_desk)
def evidence_file(request: HttpRequest, promoter: str, headcount_return: UUID) -> HttpResponseBase:
    """The file with the total."""
    row = _own(request, headcount_return)
    if row.evidence_file is None:
        raise Http404
    return serve(row.evidence_file, f"headcount-{row.public_id}")


def _write(
    request: HttpRequest,
    row: HeadcountReturn,
    form: Form,
    title: str,
    said: str,
    verb: Callable[[Actor, datetime], HeadcountReturn],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            written = verb(request.actor, timezone.now())
        except REFUSED as refusal:
            field, sentence = sentence_of(refusal)
            form.add_error(field if field in form.fields else None, sentence)
        else:
            messages.success(request, said)
            return redirect(_page(request, written))
    context = {"form": form, "title": title, "cancel_url": _page(request, row), "submit_label": title}
    context["lead"] = row.establishment.organisation.name
    return render(request, "projects/desk/form.html", context, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, row: HeadcountReturn) -> str:
    return reverse("projects_desk:returns-page", args=[request.promoter.slug, row.public_id])
