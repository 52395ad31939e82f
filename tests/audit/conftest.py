"""Kept heads of each test in a folder of its own."""

import pytest


@pytest.fixture(autouse=True)
def ledger_folder(settings, tmp_path):
    """The heads kept by this test."""
    settings.LEDGER = tmp_path / "ledger"
    return settings.LEDGER
