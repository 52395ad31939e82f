"""One person against the criteria of a list: the score, and a line for each criterion that can be frozen."""

from collections.abc import Mapping, Sequence
from typing import Any

from moussem.engines.targeting.judge import Answer, judge
from moussem.engines.targeting.score import Score, score
from moussem.guests.domain.queries.facts import Finding, Findings
from moussem.guests.domain.rules import wanted_of
from moussem.guests.models import Criterion, Judgement

MOST_FOUND = 5
"""How many known values a line names at most."""

Line = dict[str, Any]
"""One criterion of an assessment, frozen: what was looked for, the answer, what it rests on, or who said it."""


def assess(
    criteria: Sequence[Criterion], person: int, findings: Mapping[str, Findings], said: Mapping[int, Judgement]
) -> tuple[Score, list[Line]]:
    """The score of one person and a line for each criterion; `said` is what people answered, by criterion."""
    lines, answers = [], []
    for row in criteria:
        wanted = wanted_of(row)
        known = findings.get(row.field, {}).get(person, Finding())
        by_person = said.get(row.pk)
        answer = Answer(by_person.answer) if by_person else judge(wanted, known.fact)
        answers.append((row.weight, answer))
        lines.append(_line(row, answer, known, by_person))
    return score(answers), lines


def _line(row: Criterion, answer: Answer, known: Finding, said: Judgement | None) -> Line:
    line = {
        "criterion": str(row.public_id), "field": row.field, "values": [value["label"] for value in row.values],
        "low": row.low, "high": row.high, "question": row.question, "weight": row.weight, "answer": str(answer),
        "found": list(known.found)[:MOST_FOUND], "number": known.number,
    }  # fmt: skip
    if said is not None:
        line |= {"by": said.judged_by, "words": said.words}
    return line
