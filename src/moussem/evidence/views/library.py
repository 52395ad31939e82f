"""Staff pages of documents: the promoter's own, added and published."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from moussem.core.doors import FORM, Audience, door
from moussem.core.ids import uuid7
from moussem.core.submissions import once
from moussem.evidence.domain.documents import add_document, publish_document
from moussem.evidence.domain.queries.passages import document_view, documents_listed
from moussem.evidence.interfaces.filters import PageCursor
from moussem.evidence.interfaces.forms import DocumentForm
from moussem.evidence.interfaces.words import document_words
from moussem.evidence.models import Document
from moussem.evidence.permissions import can_publish, can_record, can_see_desk

READING = {"audience": Audience.STAFF, "permission": can_see_desk}


@door(**READING)
def documents(request: HttpRequest, promoter: str) -> HttpResponse:
    """The promoter's own documents, published or not."""
    asked = PageCursor(request.GET)
    if not asked.is_valid():
        raise Http404
    after = asked.cleaned_data["after"]
    listed = documents_listed(request.actor, own=True, after=after)
    context = {
        "listed": listed,
        "desk": True,
        "newer_url": "?" if after else "",
        "older_url": f"?after={listed.after}" if listed.after else "",
        "may_record": can_record(request.actor),
    }
    return render(request, "evidence/desk/documents.html", context)


@door(**READING)
def document(request: HttpRequest, promoter: str, document: UUID) -> HttpResponse:
    """One document with what became of it."""
    row = get_object_or_404(Document.objects.visible_to(request.actor), public_id=document)
    own = request.actor.within(row.promoter_id)
    context = {
        "view": document_view(row, request.actor),
        "may_record": can_record(request.actor),
        "may_correct": own and can_record(request.actor),
        "may_publish": own and can_publish(request.actor) and not row.is_published,
        **document_words(row),
    }
    return render(request, "evidence/desk/document.html", context)


@door(audience=Audience.STAFF, permission=can_record, methods=FORM)
@once
def add(request: HttpRequest, promoter: str) -> HttpResponse:
    """Add a document, so that figures and facts can be cited from it; not public yet."""
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = add_document(by=request.actor, at=timezone.now(), facts=form.facts(f"desk-{uuid7()}"))
        messages.success(request, _("The document is added. It is not public yet."))
        return redirect("evidence_desk:documents-page", promoter=promoter, document=row.public_id)
    context = {
        "form": form,
        "title": _("Add a document"),
        "lead": _("Leave empty what the document does not state."),
        "cancel_url": reverse("evidence_desk:documents-list", args=[promoter]),
    }
    return render(request, "core/form.html", context)


@door(audience=Audience.STAFF, permission=can_publish, methods=("POST",))
@once
def publish(request: HttpRequest, promoter: str, document: UUID) -> HttpResponse:
    """Open a document, with its passages and citations, to the public."""
    own = Document.objects.visible_to(request.actor).filter(promoter=request.promoter)
    row = get_object_or_404(own, public_id=document)
    publish_document(by=request.actor, at=timezone.now(), document=row)
    messages.success(request, _("The document is public."))
    return redirect("evidence_desk:documents-page", promoter=promoter, document=document)
