"""An invited person receives a letter, chooses a password at its address, and enters."""

import re

import pytest
from django.test import Client

from moussem.accounts.domain.users import invite_user
from moussem.core.models import NewsItem
from moussem.core.news import deliver
from moussem.mail.domain.templates import template
from moussem.mail.models import Message
from tests.factories.accounts import AT, INSTALLATION, a_promoter

pytestmark = pytest.mark.django_db
LABEL = "mail.receivers.write_to_the_invited"
PASSWORD = "long enough to be nobody's guess"


def invited(**words):
    words = {"email": "new@test.example", "label": "New", "role": "organiser", "language": "fr", **words}
    return invite_user(promoter=a_promoter("cri", "CRI de l’Oriental"), by=INSTALLATION, at=AT, **words)


def test_the_letter_leads_to_a_password_and_the_password_to_the_account(settings):
    settings.SITE_URL = "http://testserver"
    user = invited()
    item = NewsItem.objects.get()
    deliver(item, LABEL)
    deliver(item, LABEL)
    message = Message.objects.get()
    rendered = template(message.template).render(message)
    assert "CRI de l’Oriental" in rendered.subject
    assert "Organisateur" in rendered.text
    address = re.search(r"http://testserver(/\S+)", rendered.text)[1]
    assert address not in str(Message.objects.values())
    client = Client()
    form = client.get(address, follow=True)
    set_at = form.redirect_chain[-1][0]
    client.post(set_at, {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert Client().get(address, follow=True).context["token_fail"], "the address works once"


def test_who_has_a_password_is_only_told_where_to_log_in(settings):
    settings.SITE_URL = "http://testserver"
    user = invited(language="en")
    user.set_password(PASSWORD)
    user.save()
    deliver(NewsItem.objects.get(), LABEL)
    message = Message.objects.get()
    text = template(message.template).render(message).text
    assert "http://testserver/accounts/login/" in text
    assert "password/reset" not in text
