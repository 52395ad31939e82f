"""The worker is killed again and again while it sends: no mail is lost, none comes oftener than kills explain."""

import random
from datetime import UTC, datetime

import pytest
from django.db import transaction

from moussem.mail.domain.outbox import queue
from moussem.mail.enums import MessageState
from moussem.mail.models import Message
from tests.core.databases import shared_database
from tests.core.stems import stem
from tests.core.working import kill_again_and_again
from tests.factories.accounts import a_promoter, at_work
from tests.mail.servers import mail_server

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def send_and_kill(tmp_path, *, mails, kills, seconds):
    """Send `mails` mails while the worker is killed `kills` times; answer the mailbox and the kills."""
    with mail_server() as (box, url), shared_database() as database:
        promoter = a_promoter("cri")
        by = at_work(promoter, "organiser")
        with transaction.atomic():
            for number in range(mails):
                queue(
                    template="test.letter", to=f"guest{number}@firm.example", language="fr", key=str(number),
                    promoter=promoter, by=by, at=AT, word=str(number),
                )  # fmt: skip
        with stem("tests.mail.posting", database, tmp_path / "var", MAIL_URL=url) as workers:
            killed = kill_again_and_again(
                workers.start,
                kills,
                lambda: Message.objects.filter(state=MessageState.SENT).count(),
                mails,
                chance=random.Random(7),
                seconds=seconds,
            )
        assert Message.objects.filter(state=MessageState.SENT).count() == mails
        names = set(Message.objects.values_list("message_id", flat=True))
    assert set(box.message_ids()) == names, "a mail was lost, or came under another name"
    return box, killed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_thousand_mails_and_twenty_kills_lose_nothing(tmp_path):
    box, killed = send_and_kill(tmp_path, mails=2000, kills=20, seconds=900)
    assert killed == 20
    assert len(box.mails) - 2000 <= killed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_mails_and_three_kills_lose_nothing(tmp_path):
    box, killed = send_and_kill(tmp_path, mails=200, kills=3, seconds=120)
    assert len(box.mails) - 200 <= killed
