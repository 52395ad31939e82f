"""Who may read what was sent: recipients' addresses are personal data, shown to those who write to them."""

from moussem.accounts.permissions import is_editor
from moussem.core.actor import Actor


def can_note_return(actor: Actor) -> bool:
    """Whether the actor may note that a mail came back: the promoter's editors, and who reads the servers' reports."""
    return is_editor(actor) or (actor.kind == "task" and actor.promoter_pk is not None)


def can_read_outbox(actor: Actor) -> bool:
    """Whether the actor may see the promoter's messages with their recipients: its editors, not its jurors, fund
    officers and observers.
    """
    return is_editor(actor)
