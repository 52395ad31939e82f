"""Personal links: made, written as an address, opened, renewed, revoked.

An address is `<id>.<mac>`, the mac being HMAC-SHA256(LINK_KEY, id, purpose, generation) cut to 192 bits. It is computed
when it is needed and kept nowhere, so that neither the outbox nor a backup holds anything that opens a door.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from moussem.accounts.domain.refusals import require
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.models import Link, Promoter
from moussem.accounts.permissions import can_give_links
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.asking import question, read
from moussem.core.inserting import inserted

MAC_BYTES = 24
REMEMBERED_GENERATIONS = 50


class LinkUnknown(Exception):
    """No link has this address."""


class LinkClosed(Exception):
    """A true link that opens nothing any more; `link` tells whose language the refusal speaks."""

    def __init__(self, link: Link) -> None:
        """Keep the link, for the sentence."""
        super().__init__(str(link.public_id))
        self.link = link


class LinkExpired(LinkClosed):
    """The link's time is over."""


class LinkRevoked(LinkClosed):
    """The promoter took the link back."""


class LinkReplaced(LinkClosed):
    """A newer address was sent in the place of this one."""


def create_link(
    *,
    promoter: Promoter,
    purpose: str,
    object_kind: str,
    object_key: UUID,
    person_label: str,
    language: str,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> Link:
    """Make a link for one person and one purpose, good until `expires_at` (excluded)."""
    require(can_give_links(by, promoter.pk), "create a link")
    link = Link(
        promoter=promoter, purpose=LinkPurpose(purpose), object_kind=object_kind, object_key=object_key,
        person_label=person_label, language=language, expires_at=expires_at,
    )  # fmt: skip
    with transaction.atomic(savepoint=False):
        _tell(inserted(link), "create_link", by, at)
    return link


@dataclass(frozen=True, slots=True)
class WantedLink:
    """One link of many: what it opens, whom it is made for, in which language it speaks."""

    object_key: UUID
    person_label: str
    language: str


AT_ONCE = 1000
"""Rows of one INSERT where many are written."""


@transaction.atomic
def create_links(
    *,
    promoter: Promoter,
    purpose: str,
    object_kind: str,
    wanted: Sequence[WantedLink],
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> list[Link]:
    """Make a link for each of many people, in order. The ledger gets one row with their number: each caller's own row
    names the link that came with it.
    """
    require(can_give_links(by, promoter.pk), "create links")
    rows = [
        Link(
            promoter=promoter, purpose=LinkPurpose(purpose), object_kind=object_kind, object_key=one.object_key,
            person_label=one.person_label, language=one.language, expires_at=expires_at,
        )
        for one in wanted
    ]  # fmt: skip
    made = Link.objects.bulk_create(rows, batch_size=AT_ONCE)
    write_entry(
        by=by, at=at, verb="create_links", object_kind="promoter", object_id=promoter.public_id,
        object_label=promoter.name, promoter_key=promoter.key,
        after={"purpose": str(purpose), "count": len(made), "expires_at": expires_at},
    )  # fmt: skip
    return made


@transaction.atomic
def renew_links(*, links: Sequence[Link], promoter: Promoter, expires_at: datetime, by: Actor, at: datetime) -> None:
    """Make every earlier address of many links void, and the links good again until `expires_at` (excluded)."""
    require(can_give_links(by, promoter.pk), "renew links")
    _of(links, promoter).update(
        generation=F("generation") + 1, version=F("version") + 1, expires_at=expires_at, revoked_at=None
    )
    _tell_many("renew_links", links, promoter, by, at)


@transaction.atomic
def revoke_links(*, links: Sequence[Link], promoter: Promoter, by: Actor, at: datetime) -> None:
    """Take many links back."""
    require(can_give_links(by, promoter.pk), "revoke links")
    _of(links, promoter).filter(revoked_at=None).update(revoked_at=at, version=F("version") + 1)
    _tell_many("revoke_links", links, promoter, by, at)


def _of(links: Sequence[Link], promoter: Promoter) -> "QuerySet[Link]":
    return Link.objects.filter(pk__in=[link.pk for link in links], promoter=promoter)


def _tell_many(verb: str, links: Sequence[Link], promoter: Promoter, by: Actor, at: datetime) -> None:
    write_entry(
        by=by, at=at, verb=verb, object_kind="promoter", object_id=promoter.public_id, object_label=promoter.name,
        promoter_key=promoter.key, after={"count": len(links)},
    )  # fmt: skip


def link_address(link: Link) -> str:
    """The part of the address that opens the link: `<id>.<mac>`."""
    return f"{link.public_id}.{_mac(link, link.generation)}"


@question
def _links(keys: Sequence[UUID]) -> "QuerySet[Link]":
    return Link.objects.select_related("promoter").filter(public_id__in=keys)


def open_link(address: str, *, at: datetime) -> Link:
    """The link behind an address. Changes nothing: mail scanners open links too.

    Raises `LinkUnknown`, `LinkReplaced`, `LinkRevoked` or `LinkExpired`.
    """
    key, _, mac = address.partition(".")
    try:
        (found,) = read([_links([UUID(key)])])
    except ValueError:
        raise LinkUnknown from None
    if not found:
        raise LinkUnknown
    (link,) = found
    if not _same(mac, _mac(link, link.generation)):
        oldest = max(0, link.generation - 1 - REMEMBERED_GENERATIONS)
        if any(_same(mac, _mac(link, earlier)) for earlier in range(oldest + 1, link.generation)):
            raise LinkReplaced(link)
        raise LinkUnknown
    if link.revoked_at is not None:
        raise LinkRevoked(link)
    if at >= link.expires_at:
        raise LinkExpired(link)
    return link


@transaction.atomic
def renew_link(*, link: Link, expires_at: datetime, by: Actor, at: datetime) -> None:
    """Make every earlier address void and the link good again until `expires_at` (excluded)."""
    require(can_give_links(by, link.promoter_id), "renew a link")
    Link.objects.filter(pk=link.pk).update(
        generation=F("generation") + 1, version=F("version") + 1, expires_at=expires_at, revoked_at=None
    )
    link.refresh_from_db()
    _tell(link, "renew_link", by, at)


@transaction.atomic
def revoke_link(*, link: Link, by: Actor, at: datetime) -> None:
    """Take the link back; doing so twice changes nothing."""
    require(can_give_links(by, link.promoter_id), "revoke a link")
    if Link.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at, version=F("version") + 1):
        link.refresh_from_db()
        _tell(link, "revoke_link", by, at)


def _mac(link: Link, generation: int) -> str:
    message = f"{link.public_id}|{link.purpose}|{generation}".encode()
    full = hmac.new(settings.LINK_KEY.encode(), message, hashlib.sha256).digest()
    return urlsafe_b64encode(full[:MAC_BYTES]).decode()


def _same(given: str, true: str) -> bool:
    return hmac.compare_digest(given.encode(), true.encode())


def _tell(link: Link, verb: str, by: Actor, at: datetime) -> None:
    write_entry(
        by=by,
        at=at,
        verb=verb,
        object_kind="link",
        object_id=link.public_id,
        object_label=link.person_label,
        promoter_key=link.promoter.key,
        after={"purpose": str(link.purpose), "generation": link.generation, "expires_at": link.expires_at},
        may_show=False,
    )
