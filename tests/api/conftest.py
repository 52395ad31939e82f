"""A promoter, its rival, and programs that call with a token of theirs."""

from datetime import UTC, datetime, timedelta

import pytest

from moussem.accounts.domain.tokens import create_token
from tests.demo.conftest import season  # noqa: F401
from tests.evidence import rows
from tests.factories.accounts import INSTALLATION, a_promoter, at_work, staff

NOW = datetime.now(UTC)


@pytest.fixture
def oriental(db):
    return a_promoter("oriental", "CRI de l’Oriental")


@pytest.fixture
def rival(db):
    return a_promoter("rival")


@pytest.fixture
def editor(oriental):
    return at_work(oriental, "account_owner")


@pytest.fixture
def rival_editor(rival):
    return at_work(rival, "account_owner")


@pytest.fixture
def bearer():
    """The header of a program that acts for a user of the promoter."""

    def give(promoter, *verbs, role="account_owner", days=1, event=None, at=None):
        user = staff(promoter, role, email=f"{role}{rows.uuid7()}@{promoter.slug}.example")
        _, secret = create_token(
            user=user, promoter=promoter, name="program", verbs=verbs or ("read",), by=INSTALLATION, at=NOW,
            expires_at=NOW + timedelta(days=days), event_key=event,
        )  # fmt: skip
        return {"Authorization": f"Bearer {secret}"}

    return give


@pytest.fixture
def ask(client):
    """GET an address below /api/v1/: status and body."""

    def get(address, **headers):
        response = client.get(f"/api/v1/{address}", headers=headers)
        return response.status_code, response.json()

    return get
