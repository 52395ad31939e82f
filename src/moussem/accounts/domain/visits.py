"""Coming in by a personal link: what every page and every form below a link's address checks first."""

from datetime import datetime

from moussem.accounts.domain.knocks import has_knocked_enough, note_knock
from moussem.accounts.domain.links import LinkUnknown, open_link
from moussem.accounts.models import Link


class KnockedTooOften(Exception):
    """This network address tried too many links that do not exist."""


def enter_by_link(*, address: str, knocker: str, at: datetime, purpose: str = "") -> Link:
    """The link behind `address`, asked for from the network address `knocker`; good for `purpose` ("": any).

    Raises `KnockedTooOften`, `LinkUnknown` (which is counted; a true link of another purpose is unknown too, and not
    counted) and what `open_link` raises. A view lets these pass: `accounts.middleware` answers them everywhere alike.
    """
    if has_knocked_enough(address=knocker, at=at):
        raise KnockedTooOften
    try:
        link = open_link(address, at=at)
    except LinkUnknown:
        note_knock(address=knocker, at=at)
        raise
    if purpose and link.purpose != purpose:
        raise LinkUnknown
    return link
