"""The rows of projects."""

from moussem.projects.models.projects import Passage, Project, StageEntry
from moussem.projects.models.returns import HeadcountReturn

__all__ = ("HeadcountReturn", "Passage", "Project", "StageEntry")
