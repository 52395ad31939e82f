"""Who acts: one value that views, domain verbs, queries and the ledger share."""

from dataclasses import dataclass, field, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Represented:
    """Whom a user acts for: the inner keys of organisations, and of the promoters that keep them."""

    organisation_pks: frozenset[int] = frozenset()
    promoter_pks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that reads or writes, with exactly the rights it brings. Absence of a right is refusal.

    `kind` is one of anonymous, user, link, device, token, task. `promoter_pk` and `promoter_key` name the promoter the
    actor works for in this request (None and "" where there is none: the public, the installation administrator).
    `at_pks` are the promoters with which the person has to do at all: where they work, and whose organisations they act
    for; it gives no right. `promoter_slug` stands in the addresses of the desk ("" for who works at none by pages).
    `roles` are the actor's roles at that promoter, `organisation_pks` the organisations it represents.
    `purpose` says what a link, a token or a task is for. `event_key` limits a token to one event ("": not limited);
    `verbs` is what a token may do: read, write.
    """

    kind: str
    id: str = ""
    label: str = ""
    promoter_pk: int | None = None
    promoter_key: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)
    organisation_pks: frozenset[int] = field(default_factory=frozenset)
    purpose: str = ""
    event_key: str = ""
    verbs: frozenset[str] = field(default_factory=frozenset)
    promoter_slug: str = ""
    at_pks: frozenset[int] = field(default_factory=frozenset)

    def has_role(self, *roles: str) -> bool:
        """Whether the actor holds at least one of `roles` at its promoter."""
        return not self.roles.isdisjoint(roles)

    def within(self, promoter_pk: int | None) -> bool:
        """Whether the actor works for the promoter with this key; nobody works for an unknown one."""
        return promoter_pk is not None and promoter_pk == self.promoter_pk

    def acting_for(self, *, promoter_pk: int, promoter_key: str, roles: frozenset[str]) -> Self:
        """The same actor at another promoter, with the roles it holds there."""
        return replace(self, promoter_pk=promoter_pk, promoter_key=promoter_key, roles=roles, promoter_slug="")

    @property
    def shown_label(self) -> str:
        """Who acts, as people read it: background work is the house's own."""
        return "moussem" if self.kind == "task" else self.label

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is known to be acting: the public."""
        return self.kind == "anonymous"


ANONYMOUS = Actor(kind="anonymous", label="anonymous")


def task_actor(name: str, *, promoter_pk: int | None = None, promoter_key: str = "") -> Actor:
    """The actor of background work `name`, for one promoter or (without one) for the installation."""
    return Actor(kind="task", id=name, label=name, promoter_pk=promoter_pk, promoter_key=promoter_key, purpose=name)
