"""Applications: written, submitted, completed when more is asked for, withdrawn; by the applicant or for them."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import IntegrityError, transaction

from moussem.accounts.domain.refusals import ForeignRow, require
from moussem.audit.domain.entries import write_entry
from moussem.core.actor import Actor
from moussem.core.versions import save_version
from moussem.directory.models import Organisation
from moussem.engines.eligibility.assess import Facts
from moussem.programmes.domain.letters import write_to_applicant
from moussem.programmes.domain.rules import kept_facts
from moussem.programmes.enums import MORE_ASKED_LETTER, ApplicationState
from moussem.programmes.models import Application, Call
from moussem.programmes.permissions import can_run, has_applied

_S = ApplicationState
MOVES: Final[Mapping[str, frozenset[ApplicationState]]] = MappingProxyType(
    {
        "correct": frozenset({_S.DRAFT, _S.MORE_ASKED}),
        "submit": frozenset({_S.DRAFT, _S.MORE_ASKED}),
        "ask_for_more": frozenset({_S.SUBMITTED}),
        "withdraw": frozenset({_S.DRAFT, _S.SUBMITTED, _S.MORE_ASKED}),
        "determine": frozenset({_S.SUBMITTED, _S.MORE_ASKED}),
    }
)
"""From which states each verb moves an application."""


class CallNotOpen(Exception):
    """The call is not public, has not opened yet, or has closed."""


class AlreadyApplied(Exception):
    """The organisation has an application under way in this call."""


class WrongState(Exception):
    """The application does not stand where this verb begins; `state` is where it stands."""

    def __init__(self, application: Application) -> None:
        """Keep the state for the sentence."""
        super().__init__(f"{application.public_id} is {application.state}")
        self.state = application.state


class NothingSaid(Exception):
    """Who asks for more, or refuses, says what and why."""


def is_open(call: Call, *, at: datetime) -> bool:
    """Whether one may apply at this time: opening time included, closing time excluded."""
    return call.is_published and call.opens_at <= at < call.closes_at


def can_write_for(*, by: Actor, organisation: Organisation, promoter_pk: int) -> bool:
    """Whether the actor may write applications in the name of an organisation: its own users, and those who run the
    promoter's programmes.
    """
    return has_applied(by, organisation.pk) or (by.within(promoter_pk) and can_run(by))


def _require_writer(by: Actor, application: Application, what: str) -> None:
    allowed = can_write_for(by=by, organisation=application.organisation, promoter_pk=application.promoter_id)
    require(allowed, what)


@transaction.atomic
def write_application(
    *, by: Actor, at: datetime, call: Call, organisation: Organisation, title: str, facts: Facts,
    asked_for: int | None = None,
) -> Application:  # fmt: skip
    """Begin an application; it is not handed in. `asked_for` is in hundredths of a dirham, None where nothing is asked.

    Raises `CallNotOpen`, `AlreadyApplied`, `NotAllowed`, and `ForeignRow` for another promoter's closed organisation.
    """
    require(can_write_for(by=by, organisation=organisation, promoter_pk=call.promoter_id), "apply for an organisation")
    if organisation.promoter_id != call.promoter_id and not organisation.is_published:
        raise ForeignRow(str(organisation.public_id))
    if not is_open(call, at=at):
        raise CallNotOpen(call.public_id)
    try:
        with transaction.atomic():
            application = Application.objects.create(
                promoter_id=call.promoter_id, call=call, organisation=organisation, title=title,
                values=kept_facts(facts), asked_for=asked_for, opened_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyApplied(organisation.public_id) from None
    tell(
        by=by,
        at=at,
        verb="write_application",
        application=application,
        after={"values": application.values, "asked_for": asked_for},
    )
    return application


@transaction.atomic
def correct_application(
    *, by: Actor, at: datetime, application: Application, read_version: int, title: str, facts: Facts,
    asked_for: int | None = None,
) -> Application:  # fmt: skip
    """Correct what is being written, or complete what was asked for. Raises `WrongState`, `ChangedMeanwhile`."""
    _require_writer(by, application, "correct an application")
    _held(application, "correct")
    before = {"values": application.values, "asked_for": application.asked_for}
    values = kept_facts(facts)
    save_version(application, read_version=read_version, title=title, values=values, asked_for=asked_for)
    tell(
        by=by,
        at=at,
        verb="correct_application",
        application=application,
        before=before,
        after={"values": values, "asked_for": asked_for},
    )
    return application


@transaction.atomic
def submit_application(*, by: Actor, at: datetime, application: Application) -> Application:
    """Hand it in; the first time while the call is open, a complement also after it closed. Raises `WrongState`,
    `CallNotOpen`.
    """
    _require_writer(by, application, "submit an application")
    held = _held(application, "submit")
    if held.state == ApplicationState.DRAFT and not is_open(application.call, at=at):
        raise CallNotOpen(application.call.public_id)
    return _moved(by, at, "submit_application", application, held, state=ApplicationState.SUBMITTED, submitted_at=at)


@transaction.atomic
def ask_for_more(*, by: Actor, at: datetime, application: Application, words: str) -> Application:
    """Ask the applicant to complete a submitted application, by letter to whoever acts for it. Raises `NothingSaid`,
    `WrongState`.
    """
    require(by.within(application.promoter_id) and can_run(by), "ask for more")
    if not words.strip():
        raise NothingSaid(application.public_id)
    held = _held(application, "ask_for_more")
    _moved(by, at, "ask_for_more", application, held, state=ApplicationState.MORE_ASKED, more_words=words.strip())
    write_to_applicant(MORE_ASKED_LETTER, by=by, at=at, application=application)
    return application


@transaction.atomic
def withdraw_application(*, by: Actor, at: datetime, application: Application) -> Application:
    """Take an application back before it is decided; nothing is deleted. Raises `WrongState`."""
    _require_writer(by, application, "withdraw an application")
    held = _held(application, "withdraw")
    return _moved(by, at, "withdraw_application", application, held, state=ApplicationState.WITHDRAWN)


def _held(application: Application, move: str) -> Application:
    """The application as it stands, locked until the end of the transaction; raises `WrongState`."""
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.state not in MOVES[move]:
        raise WrongState(held)
    return held


def _moved(
    by: Actor, at: datetime, verb: str, application: Application, held: Application, **changes: Any
) -> Application:
    save_version(application, read_version=held.version, **changes)
    tell(
        by=by,
        at=at,
        verb=verb,
        application=application,
        before={"state": held.state},
        after={"state": application.state},
    )
    return application


def tell(
    *, by: Actor, at: datetime, verb: str, application: Application, before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """The ledger's row of a verb, in the chain of the promoter whose call it is."""
    write_entry(
        by=by, at=at, verb=verb, object_kind="application", object_id=application.public_id,
        object_label=application.title, promoter_key=application.promoter.key, before=before, after=after,
    )  # fmt: skip
