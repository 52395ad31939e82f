"""The outbox: one effect, one mail; refused, bounced, in doubt, and kept in the demonstration."""

import smtplib
from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction

from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter
from moussem.audit.models import Entry
from moussem.core.models import Job, JobState
from moussem.core.queue import run_due_jobs
from moussem.mail.domain import transport
from moussem.mail.domain.outbox import queue
from moussem.mail.domain.queries.outbox import copy_of
from moussem.mail.domain.sending import send
from moussem.mail.domain.suppression import suppress
from moussem.mail.domain.templates import UnknownTemplate
from moussem.mail.domain.transport import NotTaken, NoWayOut
from moussem.mail.enums import MessageState
from moussem.mail.models import Message, SentCopy, Suppression
from tests.factories.accounts import at_work
from tests.mail.servers import free_port

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def write(promoter, *, key="1", to="guest@firm.example", template="test.letter", **ids):
    ids.setdefault("word", "offshoring")
    by = at_work(promoter, "organiser")
    return queue(template=template, to=to, language="fr", key=key, promoter=promoter, by=by, at=AT, **ids)


def state(message):
    message.refresh_from_db()
    return message.state


def test_a_queued_mail_is_sent_once_by_the_worker(promoter, server):
    message = write(promoter)
    assert write(promoter, word="other").pk == message.pk
    run_due_jobs()
    run_due_jobs()
    (mail,) = server.mails
    assert state(message) == MessageState.SENT
    assert message.sent_at is not None
    assert mail["Subject"] == message.subject == "About offshoring"
    assert mail["Message-ID"] == message.message_id
    assert mail["To"] == "guest@firm.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(("plain",)).get_content().strip() == "The word is offshoring."
    assert Entry.objects.filter(verb="queue_mail", object_id=str(message.public_id)).count() == 1


def test_a_mail_of_an_undone_change_is_never_sent(promoter, server):
    with transaction.atomic():
        write(promoter)
        transaction.set_rollback(True)
    run_due_jobs()
    assert server.mails == []


def test_a_mail_that_nobody_registered_is_not_queued(promoter):
    with pytest.raises(UnknownTemplate):
        write(promoter, template="test.unheard")
    assert not Message.objects.exists()


def test_an_address_that_refused_gets_nothing_more_whenever_it_refused(promoter, server):
    message, essential = write(promoter), write(promoter, key="2", template="test.essential")
    by = at_work(promoter, "organiser")
    suppress(promoter=promoter, address="Guest@Firm.example", reason="refused", by=by, at=AT)
    run_due_jobs()
    assert state(message) == MessageState.SUPPRESSED
    assert state(essential) == MessageState.SENT
    assert [mail["Subject"] for mail in server.mails] == ["Your new password"]


def test_an_address_that_does_not_exist_gets_no_essential_mail_either(promoter, server):
    server.answers["gone@firm.example"] = "550 5.1.1 No such mailbox"
    first = write(promoter, to="gone@firm.example")
    run_due_jobs()
    assert state(first) == MessageState.FAILED
    assert "No such mailbox" in first.failure
    assert Suppression.objects.get().reason == "bounced"
    second = write(promoter, to="gone@firm.example", key="2", template="test.essential")
    run_due_jobs()
    assert state(second) == MessageState.SUPPRESSED


def test_a_mail_that_is_not_taken_now_waits_and_is_tried_again(promoter, server):
    server.answers["busy@firm.example"] = "451 4.3.0 Later"
    message = write(promoter, to="busy@firm.example")
    run_due_jobs()
    assert state(message) == MessageState.WAITING
    assert "Later" in message.failure
    job = Job.objects.get()
    assert job.state == JobState.WAITING
    server.answers.clear()
    send(message=message, at=AT)
    assert state(message) == MessageState.SENT
    assert message.attempts == 2


def test_without_a_mail_server_mail_waits(promoter, settings):
    settings.DEMONSTRATION = False
    message = write(promoter)
    for url in ("", "http://mail.example", f"smtp://127.0.0.1:{free_port()}"):
        settings.MAIL_URL = url
        with pytest.raises(NoWayOut):
            send(message=message, at=AT)
        assert (state(message), message.attempts) == (MessageState.WAITING, 0)


def test_a_mail_whose_fate_is_unknown_is_in_doubt_and_sent_again_under_its_own_name(promoter, server, monkeypatch):
    message = write(promoter)
    taken = transport.Smtp.send

    def cut_after_the_mail(self, row, mail):
        taken(self, row, mail)
        raise smtplib.SMTPServerDisconnected("the line was cut")

    with monkeypatch.context() as patch:
        patch.setattr(transport.Smtp, "send", cut_after_the_mail)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            send(message=message, at=AT)
    assert state(message) == MessageState.SENDING
    send(message=message, at=AT)
    assert state(message) == MessageState.SENT
    assert server.message_ids() == {message.message_id: 2}
    assert send(message=message, at=AT) == MessageState.SENT
    assert len(server.mails) == 2


def test_a_refusal_for_good_does_not_come_as_an_exception(promoter, server):
    server.answers["full@firm.example"] = "552 Mailbox full"
    message = write(promoter, to="full@firm.example")
    assert send(message=message, at=AT) == MessageState.FAILED
    assert not Suppression.objects.exists()
    assert NotTaken(552, "x").is_final
    assert not NotTaken(451, "x").is_final


def test_in_the_demonstration_nothing_leaves_and_the_mail_is_kept(promoter, server, settings):
    settings.DEMONSTRATION = True
    message = write(promoter, word="été à Oujda")
    run_due_jobs()
    assert server.mails == []
    assert state(message) == MessageState.SENT
    copy = copy_of(message)
    assert copy.text.strip() == "The word is été à Oujda."
    assert copy.html.strip() == "<p>The word is été à Oujda.</p>"
    assert ("Subject", "About été à Oujda") in copy.headers


def test_outside_the_demonstration_no_copy_is_kept(promoter, server):
    write(promoter)
    run_due_jobs()
    assert not SentCopy.objects.exists()


@pytest.fixture
def commons(db):
    return Promoter.objects.filter(kind=PromoterKind.COMMONS).first() or Promoter.objects.create(
        slug="commons", name="Commons", kind=PromoterKind.COMMONS
    )


def test_mail_of_other_packages_goes_through_the_outbox_and_is_forgotten_when_sent(commons, server, settings):
    settings.EMAIL_BACKEND = "moussem.mail.adapters.OutboxBackend"
    mail = EmailMultiAlternatives("Reset", "https://site.example/reset/secret/", to=["user@firm.example"])
    mail.attach_alternative("<p>reset</p>", "text/html")
    assert mail.send() == 1
    message = Message.objects.get()
    assert message.promoter == commons
    assert server.mails == []
    run_due_jobs()
    assert state(message) == MessageState.SENT
    assert message.arguments == {}
    assert server.mails[0].get_body(("plain",)).get_content().strip() == "https://site.example/reset/secret/"
    assert server.mails[0]["List-Unsubscribe"] is None


def test_mail_of_other_packages_is_queued_in_their_transaction(commons, server, settings):
    settings.EMAIL_BACKEND = "moussem.mail.adapters.OutboxBackend"
    with transaction.atomic():
        send_mail("Reset", "text", None, ["user@firm.example"])
        transaction.set_rollback(True)
    run_due_jobs()
    assert server.mails == []
    with pytest.raises(ValueError, match="template"):
        EmailMessage("x", "x", to=["a@b.example"], attachments=[("a.txt", "x", "text/plain")]).send()


def test_a_fresh_installation_sends_its_first_password_mail(db, server, settings):
    settings.EMAIL_BACKEND = "moussem.mail.adapters.OutboxBackend"
    send_mail("Reset", "text", None, ["user@firm.example"])
    run_due_jobs()
    assert len(server.mails) == 1
    assert Promoter.objects.get().kind == PromoterKind.COMMONS
