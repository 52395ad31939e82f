"""Mails that come back: refused at the door, reported later by a server, or noted by whoever read the report."""

from email.message import EmailMessage

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.core.ids import uuid7
from moussem.core.models import NewsItem
from moussem.core.queue import run_due_jobs
from moussem.mail.domain.returns import NotSent, ReportUnknown, record_bounce, record_report
from moussem.mail.enums import MessageState
from moussem.mail.interfaces.reports import LARGEST, reports_in
from moussem.mail.models import Message, Suppression
from moussem.mail.news import NOT_DELIVERED
from tests.factories.accounts import a_promoter, at_work, staff
from tests.mail.test_outbox import AT, write

pytestmark = pytest.mark.django_db


def a_report(message_id, *, to="guest@firm.example", status="5.1.1", action="failed", whole=False, original=True):
    """A report as Postfix and Exim write it: the reason, the fields, and the mail (or its headers) that came back."""
    headers = f"From: moussem@cri.example\r\nTo: {to}\r\nSubject: Invitation\r\nMessage-ID: {message_id}\r\n"
    returned = "message/rfc822" if whole else "text/rfc822-headers"
    fields = f"Original-Recipient: rfc822;{to}\r\n" if original else ""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: moussem@cri.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you...\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"{fields}Final-Recipient: rfc822; {to}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User\r\n unknown\r\n"
        f"\r\n--B\r\nContent-Type: {returned}\r\n\r\n{headers}\r\n--B--\r\n"
    ).encode()


@pytest.fixture
def sent(promoter, server):
    message = write(promoter)
    run_due_jobs()
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("original", [True, False])
def test_a_report_says_who_did_not_get_which_mail_and_why(whole, original):
    (report,) = reports_in(a_report("<1@cri.example>", whole=whole, original=original))
    assert (report.message_id, report.address, report.for_good) == ("<1@cri.example>", "guest@firm.example", True)
    assert report.words == "5.1.1 550 5.1.1 User unknown"


@pytest.mark.parametrize(
    ("status", "for_good"), [("5.1.1", True), ("5.2.2", False), ("5.7.1", False), ("5.1.10", True)]
)
def test_only_a_mailbox_that_does_not_exist_is_for_good(status, for_good):
    (report,) = reports_in(a_report("<1@cri.example>", status=status))
    assert report.for_good is for_good


@pytest.mark.parametrize(
    "source",
    [
        b"", b"\x00\xff", b"Subject: Out of office\r\n\r\nBack on Monday.", a_report("", status="5.1.1"),
        a_report("<1@x>", action="delayed"), a_report("<1@x>", action="delivered"),
        b"Content-Type: multipart/report; boundary=B\r\n\r\nno parts", a_report("<1@x>") + b" " * LARGEST,
    ],
)  # fmt: skip
def test_what_is_no_failure_reports_nothing(source):
    assert reports_in(source) == []


@given(st.binary(max_size=400), st.integers(0, 600))
def test_a_report_with_any_bytes_in_it_is_read_without_an_error(noise, place):
    report = a_report("<1@cri.example>")
    reports_in(report[:place] + noise + report[place:])


def test_a_report_stops_the_address_and_tells_higher_rooms_once(sent):
    for _ in range(2):
        record_report(message_id=sent.message_id, address="GUEST@firm.example", words="x", for_good=True, at=AT)
    sent.refresh_from_db()
    assert (sent.state, sent.returned_at, sent.failure) == (MessageState.BOUNCED, AT, "x")
    assert Suppression.objects.get().reason == "bounced"
    assert NewsItem.objects.filter(name=NOT_DELIVERED).count() == 1


def test_a_full_mailbox_loses_this_mail_only(sent):
    record_report(message_id=sent.message_id, address=sent.address, words="full", for_good=False, at=AT)
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED
    assert not Suppression.objects.exists()


def test_a_forged_report_stops_nobody(sent):
    for message_id, address in (("<invented@cri.example>", sent.address), (sent.message_id, "boss@firm.example")):
        with pytest.raises(ReportUnknown):
            record_report(message_id=message_id, address=address, words="", for_good=True, at=AT)
    assert not Suppression.objects.exists()


def test_believing_the_address_of_a_report_alone_would_let_anybody_stop_anybody(sent):
    """The negative control: without asking for the Message-ID, whoever writes a report stops an address."""
    (report,) = reports_in(a_report("<invented@cri.example>", to="boss@firm.example"))
    Suppression.objects.create(promoter=sent.promoter, address=report.address, reason="bounced", since=AT)
    assert Suppression.objects.filter(address="boss@firm.example").exists()


def test_a_mail_that_did_not_leave_cannot_come_back(promoter):
    message = write(promoter)
    with pytest.raises(NotSent):
        record_bounce(by=at_work(promoter, "organiser"), at=AT, message=message, words="")


def test_only_the_promoters_editors_note_that_a_mail_came_back(sent, promoter):
    with pytest.raises(NotAllowed):
        record_bounce(by=at_work(promoter, "observer"), at=AT, message=sent, words="")
    with pytest.raises(ForeignRow):
        record_bounce(by=at_work(a_promoter("rival"), "organiser"), at=AT, message=sent, words="")


def test_a_refusal_at_the_door_is_told_like_a_return(promoter, server):
    server.answers["guest@firm.example"] = "550 5.1.1 No such user"
    message = write(promoter)
    run_due_jobs(most=1)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert NewsItem.objects.filter(name=NOT_DELIVERED, arguments={"message": str(message.public_id)}).exists()


def test_the_command_reads_a_maildir_and_marks_what_it_read(sent, tmp_path, capsys):
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.mx").write_bytes(a_report(sent.message_id))
    (tmp_path / "new" / "2.mx").write_bytes(a_report("<invented@x>"))
    (tmp_path / "new" / "3.mx").write_bytes(b"Subject: hello\r\n\r\nhi")
    call_command("bounces", str(tmp_path))
    assert "1 noted, 1 of no mail of ours, 1 no report" in capsys.readouterr().out
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.mx:2,S", "2.mx:2,S", "3.mx:2,S"]
    call_command("bounces", str(tmp_path))
    assert "0 noted" in capsys.readouterr().out
    sent.refresh_from_db()
    assert sent.state == MessageState.BOUNCED


def test_staff_note_a_return_from_the_outbox(client, sent, promoter):
    client.force_login(staff(promoter, "organiser"))
    page = f"/p/cri/outbox/{sent.public_id}/"
    assert "Ce courriel est-il revenu" in client.get(page).content.decode()
    for _ in range(2):
        answer = client.post(f"{page}returned/", {"nonce": str(uuid7()), "for_good": "yes"}, follow=True)
    assert "Plus rien n’est écrit à cette adresse" in answer.content.decode()
    assert Message.objects.get().state == MessageState.BOUNCED
    assert Suppression.objects.count() == 1
    waiting = write(promoter, key="2", to="other@firm.example")
    answer = client.post(f"/p/cri/outbox/{waiting.public_id}/returned/", {"nonce": str(uuid7())}, follow=True)
    assert "n’est pas parti" in answer.content.decode()


def test_an_ordinary_mail_is_no_report():
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Re: invitation", "guest@firm.example"
    mail.set_content("Je viens.")
    assert reports_in(mail.as_bytes()) == []
