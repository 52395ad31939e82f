"""Staff pages that correct a fact or a document, and add passages and silences; who saves second sees both versions."""

from typing import Any
from uuid import UUID

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
from moussem.evidence.domain.citing import correct_cited_statement
from moussem.evidence.domain.documents import (
    QuoteNotInText,
    QuoteTooLong,
    add_passage,
    add_silence,
    correct_document,
)
from moussem.evidence.domain.queries.records import statements_seen
from moussem.evidence.interfaces.corrections import (
    DocumentCorrection,
    PassageForm,
    SilenceForm,
    StatementCorrection,
    reading,
    written_statement,
)
from moussem.evidence.interfaces.refusals import PUBLISHING, RECORDING, sentence_of
from moussem.evidence.models import Document
from moussem.evidence.permissions import can_record

RECORDS = {"audience": Audience.STAFF, "permission": can_record, "methods": FORM}


def _own_document(request: HttpRequest, document: UUID) -> Document:
    return get_object_or_404(
        Document.objects.visible_to(request.actor).filter(promoter=request.promoter), public_id=document
    )


def _page(request: HttpRequest, form: object, title: str, back: str, **more: Any) -> HttpResponse:
    context = {"form": form, "title": title, "cancel_url": back, **more}
    return render(request, "evidence/desk/form.html", context)


@door(**RECORDS)
@once
def statement(request: HttpRequest, promoter: str, statement: UUID) -> HttpResponse:
    """Correct a fact; the ledger keeps what it said before."""
    row = get_object_or_404(statements_seen(request.actor).filter(promoter=request.promoter), public_id=statement)
    form = StatementCorrection(request.POST or None, actor=request.actor, statement=row)
    back = reverse("evidence_desk:statements-page", args=[promoter, statement])
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_cited_statement(
                by=request.actor, at=timezone.now(), statement=row, read_version=form.cleaned_data["version"],
                facts=form.facts(), subjects=form.by_role, cited=form.cited,
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            current = statements_seen(request.actor).get(pk=row.pk)
            versions = both_versions(form, written_statement(current)[0])
            reading(form, changed.current.version)
        except (*RECORDING, *PUBLISHING) as refusal:
            form.add_error(*sentence_of(refusal))
        else:
            messages.success(request, _("The fact is corrected."))
            return redirect(back)
    return _page(request, form, _("Correct a fact"), back, versions=versions)


@door(**RECORDS)
@once
def document(request: HttpRequest, promoter: str, document: UUID) -> HttpResponse:
    """Correct what is known of a document."""
    row = _own_document(request, document)
    form = DocumentCorrection(request.POST or None, initial=DocumentCorrection.initial_of(row))
    back = reverse("evidence_desk:documents-page", args=[promoter, document])
    versions: list[tuple[str, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            correct_document(
                by=request.actor, at=timezone.now(), document=row, read_version=form.cleaned_data["version"],
                facts=form.facts(row.key),
            )  # fmt: skip
        except ChangedMeanwhile as changed:
            versions = both_versions(form, DocumentCorrection.initial_of(changed.current))
            reading(form, changed.current.version)
        else:
            messages.success(request, _("The document is corrected."))
            return redirect(back)
    return _page(request, form, _("Correct a document"), back, versions=versions)


@door(**RECORDS)
@once
def passage(request: HttpRequest, promoter: str, document: UUID) -> HttpResponse:
    """Add a passage to an own document, after those it has."""
    row, form = _own_document(request, document), PassageForm(request.POST or None)
    back = reverse("evidence_desk:documents-page", args=[promoter, document])
    if request.method == "POST" and form.is_valid():
        try:
            added = add_passage(
                by=request.actor, at=timezone.now(), document=row, fragment=form.cleaned_data["fragment"],
                reason=form.reason,
            )  # fmt: skip
        except (QuoteTooLong, QuoteNotInText) as refusal:
            form.add_error("fragment", sentence_of(refusal)[1])
        else:
            messages.success(request, _("Passage %(number)d was added.") % {"number": added.position})
            return redirect(back)
    return _page(request, form, _("Add a passage"), back)


@door(**RECORDS)
@once
def silence(request: HttpRequest, promoter: str, document: UUID) -> HttpResponse:
    """Say what an own document does not state, beside the passage where one would look for it."""
    row, form = _own_document(request, document), SilenceForm(request.POST or None)
    back = reverse("evidence_desk:documents-page", args=[promoter, document])
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["passage"]
        place = row.passages.filter(position=number or 0).first()
        if number and place is None:
            form.add_error("passage", _("The document has no passage of this number."))
        else:
            add_silence(by=request.actor, at=timezone.now(), document=row, words=form.words, passage=place)
            messages.success(request, _("It is said what the document does not state."))
            return redirect(back)
    return _page(request, form, _("Say what it does not state"), back)
