"""The command that loads the demonstration."""

import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from moussem.accounts.domain.demonstration import NotOnLoopback
from moussem.accounts.domain.tokens import token_digest
from moussem.accounts.enums import Role
from moussem.accounts.models import Token, User
from moussem.core.actor import task_actor
from moussem.demo.domain.credentials import issue_credentials
from moussem.demo.domain.reading import texts
from moussem.demo.domain.season import TASK, found_commons
from moussem.evidence.models import Document, Figure

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_the_demonstration_loads_once():
    assert "189" in run()
    figures = set(Figure.objects.values_list("pk", flat=True))
    assert "189" not in run()
    assert set(Figure.objects.values_list("pk", flat=True)) == figures


def test_the_refused_rows_are_listed_with_their_reasons():
    rows = json.loads(run("--refused"))
    assert len(rows) == 25
    assert all(row["reason"]["fr"] and row["reason"]["en"] for row in rows)


@pytest.mark.shared
def test_the_full_texts_are_kept_where_they_are_at_hand(shared):
    run("--articles", str(shared / "seeds"))
    kept = Document.objects.exclude(full_text="")
    assert kept.count() == 5
    for citation in (citation for document in kept for citation in document.citations.all()):
        assert citation.document.full_text[citation.start : citation.end] == citation.quote
    assert "0" in run("--articles", str(shared / "seeds"))


def test_another_text_under_the_same_name_is_refused_and_nothing_is_kept(tmp_path):
    (tmp_path / texts()[3]["document"]["file"]).write_text("Un autre texte.", encoding="utf-8")
    with pytest.raises(CommandError):
        run("--articles", str(tmp_path))
    assert not Document.objects.exclude(full_text="").exists()


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run("--articles", str(tmp_path / "nowhere"))


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True
    settings.SITE_URL = "http://127.0.0.1:8000"


@pytest.fixture
def commons(at):
    return found_commons(at=at)


def issue(commons, at):
    return issue_credentials(commons=commons, by=task_actor(TASK), at=at)


def test_each_role_has_an_account_named_by_function_and_a_token(demonstration, commons, at):
    given = issue(commons, at)
    roles = {credential.role for credential in given if credential.promoter == commons.slug}
    assert roles == set(Role.values)
    assert all(credential.email.endswith(".example") for credential in given)
    assert {credential.promoter for credential in given} == {"commons", "voisin", ""}
    for credential in given:
        if credential.token:
            token = Token.objects.get(digest=token_digest(credential.token))
            assert (token.user.email, token.promoter.slug) == (credential.email, credential.promoter)


def test_the_installations_administrator_has_no_token(demonstration, commons, at):
    alone = [credential for credential in issue(commons, at) if credential.token is None]
    assert [(credential.role, credential.promoter) for credential in alone] == [("installation_administrator", "")]


def test_issuing_again_revokes_the_earlier_tokens(demonstration, commons, at):
    issue(commons, at)
    first = set(Token.objects.filter(revoked_at=None).values_list("digest", flat=True))
    accounts = User.objects.count()
    issue(commons, at)
    assert not Token.objects.filter(digest__in=first, revoked_at=None).exists()
    assert Token.objects.filter(revoked_at=None).count() == len(first)
    assert User.objects.count() == accounts


@pytest.mark.parametrize(("demonstrating", "site"), [(False, "http://127.0.0.1:8000"), (True, "https://moussem.org")])
def test_no_account_exists_elsewhere(settings, commons, at, demonstrating, site):
    settings.DEMONSTRATION, settings.SITE_URL = demonstrating, site
    with pytest.raises(NotOnLoopback):
        issue(commons, at)
    assert not User.objects.exists()


def test_the_file_of_tokens_is_for_its_owner_only(demonstration, tmp_path):
    file = tmp_path / "credentials.json"
    file.write_text("old")
    file.chmod(0o644)
    run("--credentials", str(file))
    rows = json.loads(file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {frozenset(row) for row in rows} == {frozenset({"role", "promoter", "email", "token"})}
