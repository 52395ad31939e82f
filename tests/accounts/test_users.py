"""Inviting, giving and ending roles, closing accounts."""

import pytest
from django.db import transaction

from moussem.accounts.domain.promoters import (
    AccountInactive,
    LastAdministrator,
    RoleEnded,
    RoleHeld,
    SlugTaken,
    create_promoter,
    end_role,
    grant_role,
)
from moussem.accounts.domain.refusals import NotAllowed
from moussem.accounts.domain.users import (
    AlreadyInactive,
    OwnAccount,
    UnknownLanguage,
    WorksElsewhere,
    choose_language,
    deactivate_user,
    found_promoter,
    invite_user,
)
from moussem.accounts.enums import PromoterKind
from moussem.accounts.models import Promoter, RoleGrant, User
from moussem.audit.models import Entry
from moussem.core.actor import Actor
from tests.factories.accounts import AT, INSTALLATION, a_promoter, a_user, at_work, staff

pytestmark = pytest.mark.django_db


def test_two_promoters_never_share_a_short_name_and_there_is_one_commons():
    a_promoter("cri")
    with pytest.raises(SlugTaken):
        a_promoter("cri")
    create_promoter(slug="commons", name="Commons", kind=PromoterKind.COMMONS, by=INSTALLATION, at=AT)
    with pytest.raises(SlugTaken):
        create_promoter(slug="second", name="Second", kind=PromoterKind.COMMONS, by=INSTALLATION, at=AT)


def test_a_promoter_is_founded_with_its_administrator_or_not_at_all():
    closed = a_user("closed@test.example", is_active=False)
    words = {"slug": "new", "name": "New", "kind": "promoter", "administrator_label": "A", "by": INSTALLATION, "at": AT}
    with pytest.raises(AccountInactive), transaction.atomic():
        found_promoter(administrator_email=closed.email, **words)
    assert not Promoter.objects.filter(slug="new").exists()
    promoter = found_promoter(administrator_email="first@test.example", **words)
    assert RoleGrant.objects.get(promoter=promoter).role == "promoter_administrator"


def test_an_invited_person_has_no_password_until_they_choose_one():
    promoter = a_promoter()
    words = {"label": "P", "role": "organiser", "promoter": promoter, "by": INSTALLATION, "at": AT}
    user = invite_user(email="New.Person@Test.example", **words)
    assert user.email == "new.person@test.example"
    assert not user.has_usable_password()
    with pytest.raises(RoleHeld), transaction.atomic():
        invite_user(email="NEW.person@test.example", **words)
    assert User.objects.count() == 1


def test_only_administrators_say_who_works_where():
    own, other = a_promoter("own"), a_promoter("other")
    user = a_user()
    strangers = [
        at_work(own, "organiser", "account_owner", "observer"),
        at_work(other, "promoter_administrator"),
        Actor(kind="anonymous"),
        Actor(kind="link", promoter_pk=own.pk),
    ]
    for by in strangers:
        with pytest.raises(NotAllowed):
            grant_role(user=user, promoter=own, role="organiser", by=by, at=AT)
        with pytest.raises(NotAllowed):
            create_promoter(slug="mine", name="Mine", by=by, at=AT)
    grant_role(user=user, promoter=own, role="organiser", by=at_work(own, "promoter_administrator"), at=AT)


def test_the_last_administrator_stays_until_another_is_named():
    promoter = a_promoter()
    first = RoleGrant.objects.get(user=staff(promoter, "promoter_administrator"))
    with pytest.raises(LastAdministrator):
        end_role(grant=first, by=INSTALLATION, at=AT)
    staff(promoter, "promoter_administrator", email="second@test.example")
    end_role(grant=first, by=INSTALLATION, at=AT)
    with pytest.raises(RoleEnded):
        end_role(grant=first, by=INSTALLATION, at=AT)


def test_a_closed_account_is_out_at_its_next_request(client):
    promoter = a_promoter()
    user = staff(promoter, "promoter_administrator")
    client.force_login(user)
    assert client.get("/account/").status_code == 200
    deactivate_user(user=user, by=INSTALLATION, at=AT)
    assert client.get("/account/").status_code == 302
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert client.get("/account/").status_code == 302, "a session ended by closing stays dead"
    assert not RoleGrant.objects.filter(user=user, ended_at=None).exists()
    with pytest.raises(AlreadyInactive):
        deactivate_user(user=User(pk=0), by=INSTALLATION, at=AT)


def test_a_promoter_closes_only_accounts_that_are_its_alone_and_nobody_their_own():
    own, other = a_promoter("own"), a_promoter("other")
    shared = staff(own, "organiser")
    grant_role(user=shared, promoter=other, role="juror", by=INSTALLATION, at=AT)
    administrator = at_work(own, "promoter_administrator")
    with pytest.raises(WorksElsewhere):
        deactivate_user(user=shared, promoter=own, by=administrator, at=AT)
    alone = staff(own, "observer")
    with pytest.raises(OwnAccount):
        deactivate_user(
            user=alone,
            promoter=own,
            by=Actor(
                kind="user", id=str(alone.public_id), promoter_pk=own.pk, roles=frozenset({"promoter_administrator"})
            ),
            at=AT,
        )
    deactivate_user(user=alone, promoter=own, by=administrator, at=AT)
    alone.refresh_from_db()
    assert not alone.is_active


def test_one_chooses_ones_own_language_only():
    user = a_user()
    oneself = Actor(kind="user", id=str(user.public_id))
    choose_language(user=user, language="en", by=oneself, at=AT)
    assert User.objects.get().language == "en"
    with pytest.raises(UnknownLanguage):
        choose_language(user=user, language="tlh", by=oneself, at=AT)
    with pytest.raises(NotAllowed):
        choose_language(user=user, language="fr", by=Actor(kind="user", id="other"), at=AT)


def test_every_verb_on_accounts_is_in_its_promoters_ledger():
    promoter = a_promoter()
    user = staff(promoter, "organiser")
    deactivate_user(user=user, promoter=promoter, by=at_work(promoter, "promoter_administrator"), at=AT)
    told = Entry.objects.filter(promoter_key=promoter.key).order_by("pk").values_list("verb", flat=True)
    assert list(told) == ["create_promoter", "grant_role", "end_role", "deactivate_user"]
