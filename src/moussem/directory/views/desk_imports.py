"""Lists from files at the desk: dropped, looked at, written by a yes, undone."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.files import FileTooLarge
from moussem.core.submissions import once
from moussem.directory.domain.imports.deciding import (
    answer_doubts,
    ask_to_undo,
    confirm_list,
    correct_columns,
    drop_list,
    read_otherwise,
)
from moussem.directory.domain.imports.opening import open_list
from moussem.directory.domain.queries.imports import list_desk, lists_of
from moussem.directory.enums import Verdict
from moussem.directory.interfaces.import_forms import ColumnsForm, ListFileForm, MannerForm, answers_in
from moussem.directory.interfaces.import_page import read_as, shown
from moussem.directory.interfaces.import_sentences import REFUSALS, sentence_of
from moussem.directory.models import ImportedList
from moussem.directory.permissions import can_write

EDITORS: Mapping[str, Any] = {"audience": Audience.STAFF, "permission": can_write}
POST: Mapping[str, Any] = {**EDITORS, "methods": ("POST",)}


def _own(request: HttpRequest, imported_list: uuid.UUID) -> ImportedList:
    rows = ImportedList.objects.visible_to(request.actor).filter(promoter=request.promoter)
    return get_object_or_404(rows.select_related("promoter", "owner", "file"), public_id=imported_list)


def _of_directory(request: HttpRequest, imported_list: uuid.UUID) -> ImportedList:
    """A list for the directory alone: one for a gathering is confirmed and undone where its guests are."""
    row = _own(request, imported_list)
    if row.object_kind:
        raise Http404
    return row


def _page(request: HttpRequest, imported: ImportedList) -> HttpResponse:
    slug = request.promoter.slug
    return redirect("directory_desk:imports-page", promoter=slug, imported_list=imported.public_id)


def _try(request: HttpRequest, imported: ImportedList, act: Callable[[], Any]) -> HttpResponse:
    """Act, say why nothing was done where it was refused, and go back to the list."""
    try:
        act()
    except REFUSALS as refusal:
        messages.warning(request, sentence_of(refusal))
    return _page(request, imported)


@door(**EDITORS)
def imports(request: HttpRequest, promoter: str) -> HttpResponse:
    """The lists from files that the actor may see."""
    return render(request, "directory/desk/imports.html", {"rows": lists_of(request.actor)})


@door(**EDITORS, methods=FORM)
@once
def new_import(request: HttpRequest, promoter: str) -> HttpResponse:
    """Drop a file with people for the directory."""
    form = ListFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _page(request, open_list(by=request.actor, at=timezone.now(), file=file, filename=file.name))
        except FileTooLarge as large:
            form.add_error("file", str(large))
    context = {"form": form, "title": _("Import people from a file"), "submit_label": _("Read the file")}
    return render(request, "directory/desk/import_new.html", context, status=422 if form.is_bound else 200)


@door(**EDITORS)
def imported_list(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """A list: how far it is, what each row is, and what can be decided."""
    return _show(request, _own(request, imported_list))


def _show(
    request: HttpRequest, imported: ImportedList, form: ColumnsForm | None = None, *, manner: MannerForm | None = None
) -> HttpResponse:
    verdict = request.GET.get("rows", "")[:20]
    start = request.GET.get("from", "")[:9]
    desk = list_desk(
        request.actor, imported, verdict=verdict, start=int(start) if start.isascii() and start.isdigit() else 0
    )
    context = {
        "list": imported, "desk": desk, "rows": shown(imported, desk.page.rows), "verdicts": Verdict.choices,
        "columns": form or ColumnsForm(imported=imported), "about": read_as(imported),
        "manner": manner or MannerForm(imported=imported),
    }  # fmt: skip
    return render(request, "directory/desk/import.html", context, status=422 if form or manner else 200)


@door(**POST)
@once
def columns(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """Say what the columns hold; the file is read again."""
    row = _own(request, imported_list)
    form = ColumnsForm(request.POST, imported=row)
    if not form.is_valid():
        return _show(request, row, form)
    at = timezone.now()
    return _try(request, row, lambda: correct_columns(by=request.actor, at=at, imported=row, chosen=form.chosen))


@door(**POST)
@once
def manner(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """Say in which encoding a text is and what separates its cells; the file is read again."""
    row, at = _own(request, imported_list), timezone.now()
    form = MannerForm(request.POST, imported=row)
    if not form.is_valid():
        return _show(request, row, manner=form)
    return _try(request, row, lambda: read_otherwise(by=request.actor, at=at, imported=row, manner=form.manner))


@door(**POST)
@once
def answers(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """Say whom doubtful rows mean."""
    row, rest = _own(request, imported_list), request.POST.get("rest", "")
    said, at = answers_in(request.POST.dict()), timezone.now()
    return _try(request, row, lambda: answer_doubts(by=request.actor, at=at, imported=row, answers=said, rest=rest))


@door(**POST)
@once
def write(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """The yes to a list for the directory alone."""
    row, at = _of_directory(request, imported_list), timezone.now()
    leave_out = "leave_out" in request.POST
    return _try(request, row, lambda: confirm_list(by=request.actor, at=at, imported=row, leave_out=leave_out))


@door(**POST)
@once
def drop(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """The no: the preview goes, nothing was written."""
    row, at = _own(request, imported_list), timezone.now()
    return _try(request, row, lambda: drop_list(by=request.actor, at=at, imported=row))


@door(**POST)
@once
def undo(request: HttpRequest, promoter: str, imported_list: uuid.UUID) -> HttpResponse:
    """Take a written list back."""
    row, at = _of_directory(request, imported_list), timezone.now()
    return _try(request, row, lambda: ask_to_undo(by=request.actor, at=at, imported=row))
