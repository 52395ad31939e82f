"""The least valid next step."""

from moussem.actions.domain.actions import open_action
from moussem.actions.models import Action
from moussem.core.actor import Actor
from tests.factories.accounts import AT


def an_action(by: Actor, words: str = "Call the director", **facts: object) -> Action:
    return open_action(by=by, at=AT, words=words, **facts)
