"""Looking for rows that may be one, in the background: it proposes, and decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from moussem.accounts.domain.refusals import require
from moussem.core.actor import Actor
from moussem.core.jobs import enqueue
from moussem.directory.domain.likeness import LIKENESS, Likeness, NamedRow, alike
from moussem.directory.domain.matches import Matched, propose_match
from moussem.directory.enums import FIND_DUPLICATES
from moussem.directory.models import Alias, Organisation, OrganisationMatch, Person, PersonMatch
from moussem.directory.permissions import can_write


def ask_for_duplicates(*, by: Actor, at: datetime) -> None:
    """Let the worker look through the whole directory of the actor's promoter, once for each time it is asked.

    Raises `core.libraries.LibraryMissing` where this installation cannot compare names.
    """
    require(can_write(by), "look for duplicates")
    LIKENESS.load()
    enqueue(
        FIND_DUPLICATES, key=f"{by.promoter_key}:{at.isoformat()}", promoter_key=by.promoter_key,
        promoter=by.promoter_key,
    )  # fmt: skip


@transaction.atomic
def propose_duplicates(*, by: Actor, at: datetime) -> int:
    """Propose every pair of the actor's organisations and of its people that may be one; answers how many are new.

    A pair that was decided before is not asked again.
    """
    require(can_write(by), "propose duplicates")
    organisations = Organisation.objects.filter(promoter=by.promoter_pk, canonical=None, named=True)
    people = Person.objects.filter(promoter=by.promoter_pk, canonical=None)
    found = _among(by, at, organisations, _named_organisations(by), _asked(OrganisationMatch, by) | _families(by))
    return found + _among(by, at, people, _named_people(by), _asked(PersonMatch, by))


def _named_organisations(by: Actor) -> list[NamedRow]:
    names: dict[int, list[str]] = {}
    aliases = Alias.objects.filter(organisation__promoter=by.promoter_pk)
    for organisation, name in aliases.values_list("organisation", "name"):
        names.setdefault(organisation, []).append(name)
    rows = Organisation.objects.filter(promoter=by.promoter_pk, canonical=None, named=True)
    return [NamedRow(pk, (name, *names.get(pk, ())), acronym) for pk, name, acronym in
            rows.order_by("pk").values_list("pk", "name", "acronym")]  # fmt: skip


def _named_people(by: Actor) -> list[NamedRow]:
    rows = Person.objects.filter(promoter=by.promoter_pk, canonical=None).order_by("pk")
    return [NamedRow(pk, (name, *printed)) for pk, name, printed in rows.values_list("pk", "name", "printed_names")]


def _asked(table: type[OrganisationMatch] | type[PersonMatch], by: Actor) -> set[frozenset[int]]:
    pairs = table.objects.filter(promoter=by.promoter_pk).values_list("left", "right")
    return {frozenset(pair) for pair in pairs}


def _families(by: Actor) -> set[frozenset[int]]:
    """Mother and daughter bear one name and are two."""
    pairs = Organisation.objects.filter(promoter=by.promoter_pk, parent__isnull=False).values_list("pk", "parent")
    return {frozenset(pair) for pair in pairs}


def _among(
    by: Actor, at: datetime, rows: Iterable[Matched], named: Sequence[NamedRow], settled: set[frozenset[int]]
) -> int:
    pairs = [one for one in alike(named) if frozenset((one.left, one.right)) not in settled]
    wanted = {key for one in pairs for key in (one.left, one.right)}
    by_key = {row.pk: row for row in rows.filter(pk__in=wanted)}  # type: ignore[attr-defined]
    for one in pairs:
        propose_match(
            by=by, at=at, left=by_key[one.left], right=by_key[one.right], reasons=_reasons(one), score=one.score
        )
    return len(pairs)


def _reasons(one: Likeness) -> Mapping[str, str]:
    said: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = _reason(one)
    return said


def _reason(one: Likeness) -> str:
    left, right = one.names
    values = {"left": left, "right": right, "score": one.score}
    if one.by_acronym:
        return gettext("“%(left)s” may be the acronym of “%(right)s”.") % values
    return gettext("“%(left)s” and “%(right)s” are written alike (%(score)s out of 100).") % values
