"""Many mails queued by one act: they leave together later, and until then are withdrawn together or not at all."""

from datetime import UTC, datetime, timedelta

import pytest

from moussem.audit.models import Entry
from moussem.core.ids import uuid7
from moussem.core.models import Job
from moussem.core.queue import run_due_jobs
from moussem.mail.domain.outbox import Letter, MailLeft, let_batch_go, queue_many, withdraw_batch
from moussem.mail.domain.sending import TooEarly, send
from moussem.mail.enums import MessageState
from moussem.mail.models import Message
from tests.factories.accounts import a_promoter, at_work
from tests.racing import at_once

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def letters(*names):
    return [Letter(f"{name}@firm.example", "fr", f"letter:{name}", {"word": name}) for name in names]


def write(promoter, *names, batch=None, not_before=LATER):
    by = at_work(promoter, "organiser")
    key = batch or uuid7()
    wanted = letters(*names)
    n = queue_many(
        template="test.letter", letters=wanted, promoter=promoter, by=by, at=AT, batch=key, not_before=not_before
    )
    return key, n


def withdraw(promoter, batch, at):
    return withdraw_batch(batch=batch, promoter=promoter, by=at_work(promoter, "organiser"), at=at)


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_a_batch_is_one_row_of_the_ledger_and_one_job_that_is_due_later(promoter):
    batch, n = write(promoter, "a", "b", "c")
    assert n == 3
    assert Entry.objects.get(verb="queue_mails").object_id == str(batch)
    assert Job.objects.get(name="mail.let_batch_go").run_after == LATER
    assert write(promoter, "c", "d")[1] == 1
    assert write(promoter, "c", "d")[1] == 0
    assert (Message.objects.count(), Job.objects.filter(name="mail.send").count()) == (4, 0)


def test_when_its_time_has_come_each_mail_is_asked_for_once_however_often(promoter, server):
    batch, _ = write(promoter, "a", "b", not_before=None)
    assert [let_batch_go(batch=batch) for _ in range(2)] == [2, 2]
    run_due_jobs()
    assert let_batch_go(batch=batch) == 0
    assert len(server.mails) == 2


def test_a_batch_leaves_by_the_worker_once_its_time_has_come(promoter, server):
    write(promoter, "a", "b", not_before=None)
    run_due_jobs()
    assert len(server.mails) == 2
    assert states() == [MessageState.SENT] * 2


def test_until_the_last_moment_a_batch_is_withdrawn_and_never_sent(promoter, server):
    batch, _ = write(promoter, "a", "b")
    assert withdraw(promoter, batch, LATER - timedelta(microseconds=1)) == 2
    assert withdraw(promoter, batch, LATER + timedelta(days=1)) == 0
    for message in Message.objects.all():
        assert send(message=message, at=LATER) == MessageState.WITHDRAWN
    run_due_jobs()
    assert server.mails == []
    assert Entry.objects.filter(verb="withdraw_mails").count() == 1


def test_from_its_time_on_and_once_one_has_left_nothing_is_withdrawn(promoter, server):
    batch, _ = write(promoter, "a", "b")
    with pytest.raises(MailLeft):
        withdraw(promoter, batch, LATER)
    send(message=Message.objects.first(), at=LATER)
    with pytest.raises(MailLeft):
        withdraw(promoter, batch, LATER - timedelta(seconds=30))
    assert states() == [MessageState.SENT, MessageState.WAITING]
    at_once_batch, _ = write(promoter, "c", not_before=None)
    with pytest.raises(MailLeft):
        withdraw(promoter, at_once_batch, AT)


def test_a_worker_whose_clock_is_behind_waits_and_loses_nothing(promoter, server):
    write(promoter, "a")
    message = Message.objects.get()
    with pytest.raises(TooEarly):
        send(message=message, at=LATER - timedelta(seconds=1))
    message.refresh_from_db()
    assert (message.state, server.mails) == (MessageState.WAITING, [])
    assert send(message=message, at=LATER) == MessageState.SENT


def test_another_promoters_batch_is_not_withdrawn(promoter):
    batch, _ = write(promoter, "a")
    assert withdraw(a_promoter("rival"), batch, AT) == 0
    assert states() == [MessageState.WAITING]


def race(promoter, server, take_back):
    """Withdraw while the worker sends; how many left and how many were withdrawn."""
    batch, n = write(promoter, *(f"g{number}" for number in range(8)))

    def leave():
        for message in Message.objects.order_by("pk"):
            send(message=message, at=LATER)

    at_once(leave, lambda: take_back(batch), refused=MailLeft)
    counts = [Message.objects.filter(state=state).count() for state in (MessageState.SENT, MessageState.WITHDRAWN)]
    return counts, n


@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_the_worker_sends_takes_all_or_nothing(server):
    """The two clocks disagree: the worker's has reached the time that the other's has not."""
    promoter = a_promoter("cri")
    (sent, withdrawn), n = race(promoter, server, lambda batch: withdraw(promoter, batch, AT))
    assert (sent, withdrawn) in ((n, 0), (0, n))
    assert len(server.mails) == sent


@pytest.mark.django_db(transaction=True)
def test_taking_back_what_is_still_there_would_split_a_batch(server):
    """The negative control: without looking at the whole batch, some have left and the rest is withdrawn."""
    promoter = a_promoter("cri")
    batch, n = write(promoter, *(f"g{number}" for number in range(4)))
    send(message=Message.objects.order_by("pk").first(), at=LATER)
    Message.objects.filter(batch=batch, state=MessageState.WAITING).update(state=MessageState.WITHDRAWN)
    counts = [Message.objects.filter(state=state).count() for state in (MessageState.SENT, MessageState.WITHDRAWN)]
    assert counts == [1, n - 1]
