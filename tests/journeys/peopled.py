"""The whole demonstration with its playground, and everybody who may open a page of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from moussem.accounts.domain.links import link_address
from moussem.accounts.domain.queries.staff import role_buttons
from moussem.accounts.enums import LinkPurpose
from moussem.accounts.interfaces.landing import landing_of
from moussem.accounts.models import Link, Promoter, User
from moussem.core.actor import task_actor
from moussem.core.queue import run_due_jobs
from moussem.demo.domain.credentials import open_accounts
from moussem.demo.domain.playgrounds import SECOND, TEAM, member_of_playground, open_playground
from moussem.demo.domain.season import TASK, found_commons, play_season, season_actor

CALLED = {
    "team": TEAM, "second person": SECOND, "operator": "operateur", "rival operator": "concurrent",
    "applicant": "candidat",
}  # fmt: skip
"""How the tests call the accounts of the playground that are no single role."""


@dataclass(frozen=True)
class Demonstration:
    """The two promoters, the accounts by name, and the addresses of the personal links by purpose; `closed` are those
    whose time is over.
    """

    commons: Promoter
    playground: Promoter
    users: dict[str, User]
    links: dict[str, list[str]]
    closed: list[str]

    def starts_of(self, name: str) -> list[str]:
        """Where somebody lands who logs in, and their own account's page."""
        return [landing_of(self.users[name]), reverse("account")]


def play_everything() -> Demonstration:
    """What `make run` shows, the playground open, and somebody who acts for each of three firms; jobs are done."""
    at = timezone.now()
    commons = found_commons(at=at)
    play_season(by=season_actor(commons), at=at)
    open_accounts(promoter=commons, by=task_actor(TASK), at=at)
    playground = open_playground(at=at)
    users = {f"{button.role} {button.user.email.partition('@')[2]}": button.user for _, buttons in role_buttons()
             for button in buttons}  # fmt: skip
    users |= {called: member_of_playground(name) for called, name in CALLED.items()}
    run_due_jobs()
    links = Link.objects.filter(promoter=playground).order_by("pk")
    is_open = links.filter(expires_at__gt=timezone.now())
    by_purpose = {str(purpose): _addresses(is_open.filter(purpose=purpose)) for purpose in LinkPurpose}
    return Demonstration(commons, playground, users, by_purpose, _addresses(links.exclude(pk__in=is_open)))


def _addresses(links: Iterable[Link]) -> list[str]:
    return [reverse("link", args=[link_address(link)]) for link in links]
