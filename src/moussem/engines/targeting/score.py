"""A score from answers and weights, and how much of the weight it rests on.

Score = 100 x (weights of the yes + half the weights of the partly) / (weights of all that could be answered). What
could not be answered stands on neither side: it takes nothing from the score, and is told as the share of the weight
that could be judged. A score therefore orders only those of whom enough is known; see `Score.is_placed`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from moussem.engines.targeting.judge import Answer

_HALVES: Final = {Answer.YES: 2, Answer.PARTLY: 1, Answer.NO: 0}
ENOUGH: Final = 50
"""From which share of the weight on, in percent and included, a score places somebody."""


@dataclass(frozen=True, slots=True)
class Score:
    """Halves of points earned of the weight judged, of the whole weight.

    `earned` counts half points, so that a partly stays whole; all three are 0 without criteria.
    """

    earned: int = 0
    judged: int = 0
    whole: int = 0

    @property
    def points(self) -> int | None:
        """From 0 to 100, both included, rounded half up; None where nothing could be judged."""
        return None if not self.judged else (100 * self.earned + self.judged) // (2 * self.judged)

    @property
    def share(self) -> int:
        """The share of the weight that could be judged, in whole percent rounded down: 100 only if all was."""
        return 100 * self.judged // self.whole if self.whole else 0

    @property
    def is_placed(self) -> bool:
        """Whether enough could be judged (half of the weight, included) to place somebody among others."""
        return self.whole > 0 and 100 * self.judged >= ENOUGH * self.whole

    @property
    def lowest(self) -> int:
        """The points if all that is not known turned out to be a no, rounded down; 0 without criteria."""
        return 50 * self.earned // self.whole if self.whole else 0

    @property
    def highest(self) -> int:
        """The points if all that is not known turned out to be a yes, rounded up; 0 without criteria."""
        left = 2 * (self.whole - self.judged)
        return -(-50 * (self.earned + left) // self.whole) if self.whole else 0

    @property
    def sort_code(self) -> str:
        """A text that sorts the best first: who is placed by points, then by share; then the others likewise.

        Exact, not rounded: the points are told to a ten-thousandth.
        """
        if not self.judged:
            return f"2{UNSCORED}"
        exact = 1_000_000 * self.earned // (2 * self.judged)
        return f"{'0' if self.is_placed else '1'}{1_000_000 - exact:07d}{100 - self.share:03d}"


UNSCORED: Final = "9" * 10
"""The end of the code of who has no score."""


def score(answers: Iterable[tuple[int, Answer]]) -> Score:
    """The score of answers with their weights, in any order."""
    earned = judged = whole = 0
    for weight, answer in answers:
        whole += weight
        if answer is not Answer.CANNOT_SAY:
            judged += weight
            earned += weight * _HALVES[answer]
    return Score(earned, judged, whole)
