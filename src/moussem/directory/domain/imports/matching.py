"""Whom the rows of a list are taken for: few questions for many rows, and a reason that people can read.

By e-mail first, then by name within one organisation; a name alone only raises a doubt, which a person settles.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.db.models.functions import Lower, Upper

from moussem.directory.domain.likeness import LEAST_SCORE, LIKENESS
from moussem.directory.domain.names import fold, words_of
from moussem.directory.enums import MatchReason, Verdict
from moussem.directory.models import Affiliation, Alias, Organisation, Person
from moussem.engines.lists.cells import Fault
from moussem.engines.lists.headings import Column

Row = dict[str, Any]
"""One row of a list, as `ImportedRows` keeps it."""
LEAST_ALIKE = 60
"""From here on two names may be one person's where the e-mail is the same."""
LARGEST_FIRM = 2_000
"""Where more people are known, names written alike are left to the search for duplicates."""


def stamp_of(promoter_pk: int | None) -> str:
    """How a promoter's people, organisations and their ties stand: another stamp means that something changed."""
    parts = []
    for table in (Person, Organisation, Affiliation):
        found = table.objects.filter(promoter=promoter_pk).aggregate(n=Count("pk"), last=Max("pk"), sum=Sum("version"))
        parts.append(f"{found['n']}.{found['last'] or 0}.{found['sum'] or 0}")
    aliases = Alias.objects.filter(organisation__promoter=promoter_pk).aggregate(n=Count("pk"), last=Max("pk"))
    return "-".join([*parts, f"{aliases['n']}.{aliases['last'] or 0}"])


class Matcher:
    """Judges the rows of one list against the directory of its promoter, some hundred at a time, in their order."""

    def __init__(self, promoter_pk: int | None) -> None:
        """Begin a list: nothing of it was seen yet."""
        self.promoter_pk = promoter_pk
        self.emails: dict[str, int] = {}
        self.people: dict[tuple[str, str], tuple[int, str]] = {}
        self.taken: dict[int, int] = {}
        self.firms: dict[str, tuple[int, ...]] = {"": ()}
        self.staff: dict[int, list[tuple[int, str, str]]] = {}

    def judge(self, rows: Sequence[Row]) -> None:
        """Say of each row what it is, whom it is taken for and why; what is wrong with it is said, too."""
        self._look_up_firms({row["organisation"] for row in rows})
        sound = []
        for row in rows:
            row |= {"verdict": Verdict.WRONG.value, "person": None, "why": "", "score": None, "firm": None}
            row["faults"] = [fault for fault in row["faults"] if fault[1] not in _OURS]
            self._refuse_repeated(row)
            if not row["faults"]:
                sound.append(row)
        known = _by_email(self._own_people(), {row["email"] for row in sound} - {""})
        named = _by_name(self._own_people(), {fold(row["name"]) for row in sound})
        self._look_up_staff({row["firm"] for row in sound} - {None})
        for row in sound:
            row.update(self._verdict(row, known.get(row["email"], []), named.get(fold(row["name"]), [])))
            self._refuse_taken(row)

    def _own_people(self) -> "QuerySet[Person]":
        return Person.objects.filter(promoter=self.promoter_pk)

    def _refuse_repeated(self, row: Row) -> None:
        """The same e-mail twice, or the same name at the same organisation where no e-mail tells them apart."""
        found = self.firms[row["organisation"]]
        if len(found) > 1:
            row["faults"].append([Column.ORGANISATION.value, Fault.SEVERAL_FIRMS.value, row["organisation"]])
        row["firm"] = found[0] if len(found) == 1 else None
        email = row["email"]
        if email and email in self.emails:
            row["faults"].append([Column.EMAIL.value, Fault.REPEATED_EMAIL.value, str(self.emails[email])])
        key = (fold(row["name"]), fold(row["organisation"]))
        before = self.people.get(key)
        apart = before is not None and email and before[1] and email != before[1]
        if before is not None and not apart and not row["faults"]:
            row["faults"].append([Column.NAME.value, Fault.REPEATED_PERSON.value, str(before[0])])
        if email:
            self.emails.setdefault(email, row["row"])
        if row["name"]:
            self.people.setdefault(key, (row["row"], email))

    def _refuse_taken(self, row: Row) -> None:
        """Two rows that are one person of the directory are one too many."""
        if row["verdict"] != Verdict.KNOWN:
            return
        before = self.taken.setdefault(row["person"], row["row"])
        if before != row["row"]:
            row["faults"].append([Column.NAME.value, Fault.REPEATED_PERSON.value, str(before)])
            row["verdict"] = Verdict.WRONG.value

    def _verdict(self, row: Row, by_email: list["_Known"], by_name: list["_Known"]) -> Row:
        if by_email:
            same = next((one for one in by_email if _alike(one.name, row["name"]) >= LEAST_ALIKE), None)
            if same is not None:
                return _said(Verdict.KNOWN, same.pk, MatchReason.EMAIL)
            return _said(Verdict.DOUBTFUL, by_email[0].pk, MatchReason.EMAIL_OTHER_NAME)
        there = [one for one in by_name if row["firm"] is not None and row["firm"] in one.firms]
        if len(there) == 1:
            other = row["email"] and there[0].email
            verdict, why = (
                (Verdict.DOUBTFUL, MatchReason.NAME_OTHER_EMAIL)
                if other
                else (Verdict.KNOWN, MatchReason.NAME_AND_FIRM)
            )
            return _said(verdict, there[0].pk, why)
        if by_name:
            return _said(Verdict.DOUBTFUL, (there or by_name)[0].pk, MatchReason.NAME)
        return self._alike_at_firm(row) or _said(Verdict.NEW, None, "")

    def _alike_at_firm(self, row: Row) -> Row | None:
        if row["firm"] is None or LIKENESS.fault:
            return None
        words, best = " ".join(words_of(row["name"])), (LEAST_SCORE - 1, 0, "")
        ratio = LIKENESS.load().token_sort_ratio
        for pk, theirs, email in self.staff.get(row["firm"], ()):
            score = round(ratio(words, theirs, score_cutoff=LEAST_SCORE))
            if score > best[0]:
                best = (score, pk, email)
        if best[0] < LEAST_SCORE:
            return None
        return _said(Verdict.DOUBTFUL, best[1], MatchReason.ALIKE) | {"score": best[0]}

    def _look_up_firms(self, names: Iterable[str]) -> None:
        """Each name's organisations of one's own: by name, other name or acronym; who stands for merged ones."""
        asked = {name: fold(name) for name in names if name not in self.firms}
        if not asked:
            return
        folded, capitals = set(asked.values()), {name.strip().upper() for name in asked}
        own = Organisation.objects.filter(promoter=self.promoter_pk)
        found: dict[str, set[int]] = defaultdict(set)
        for pk, canonical, called in own.filter(folded__in=folded).values_list("pk", "canonical", "folded"):
            found[called].add(canonical or pk)
        aliases = Alias.objects.filter(organisation__promoter=self.promoter_pk, folded__in=folded)
        for pk, canonical, called in aliases.values_list("organisation", "organisation__canonical", "folded"):
            found[called].add(canonical or pk)
        short: dict[str, set[int]] = defaultdict(set)
        acronyms = own.annotate(capitals=Upper("acronym")).filter(capitals__in=capitals).exclude(acronym="")
        for pk, canonical, acronym in acronyms.values_list("pk", "canonical", "capitals"):
            short[acronym].add(canonical or pk)
        for name, called in asked.items():
            self.firms[name] = tuple(sorted(found.get(called, set()) | short.get(name.strip().upper(), set())))

    def _look_up_staff(self, firms: Iterable[int]) -> None:
        asked = [firm for firm in firms if firm not in self.staff]
        if not asked:
            return
        ties = Affiliation.objects.filter(organisation__in=asked, former=False, person__canonical=None)
        columns = ("organisation", "person", "person__name", "person__email")
        for firm, pk, name, email in ties.order_by("pk").values_list(*columns):
            self.staff.setdefault(firm, []).append((pk, " ".join(words_of(name)), email))
        for firm in asked:
            if len(self.staff.setdefault(firm, [])) > LARGEST_FIRM:
                self.staff[firm] = []


_OURS = frozenset({Fault.REPEATED_EMAIL.value, Fault.REPEATED_PERSON.value, Fault.SEVERAL_FIRMS.value})
"""What is found wrong by comparing, and asked again at each comparison."""


class _Known:
    """A person of the directory who may be meant; `firms` are where they are."""

    __slots__ = ("email", "firms", "name", "pk")

    def __init__(self, pk: int, name: str, email: str) -> None:
        self.pk, self.name, self.email = pk, name, email
        self.firms: set[int] = set()


def _by_email(people: "QuerySet[Person]", emails: set[str]) -> dict[str, list[_Known]]:
    found: dict[str, list[_Known]] = {}
    if not emails:
        return found
    rows = people.annotate(lower=Lower("email")).filter(lower__in=emails).exclude(email="").order_by("pk")
    for pk, canonical, name, lower in rows.values_list("pk", "canonical", "name", "lower"):
        found.setdefault(lower, []).append(_Known(canonical or pk, name, lower))
    return found


def _by_name(people: "QuerySet[Person]", names: set[str]) -> dict[str, list[_Known]]:
    found: dict[str, dict[int, _Known]] = {}
    rows = people.filter(folded__in=names).order_by("pk")
    held: dict[int, _Known] = {}
    for pk, canonical, name, folded, email in rows.values_list("pk", "canonical", "name", "folded", "email"):
        one = found.setdefault(folded, {}).setdefault(canonical or pk, _Known(canonical or pk, name, email))
        held[pk] = held[canonical or pk] = one
    if held:
        ties = Affiliation.objects.filter(person__in=list(held), former=False)
        for person, firm, canonical in ties.values_list("person", "organisation", "organisation__canonical"):
            held[person].firms.add(canonical or firm)
    return {name: list(people.values()) for name, people in found.items()}


def _alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 100; where names cannot be compared, only the same one is."""
    left, right = " ".join(words_of(one)), " ".join(words_of(other))
    if left == right:
        return 100
    return 0 if LIKENESS.fault else float(LIKENESS.load().token_set_ratio(left, right))


def _said(verdict: Verdict, person: int | None, why: str) -> Row:
    return {"verdict": verdict.value, "person": person, "why": str(why)}
