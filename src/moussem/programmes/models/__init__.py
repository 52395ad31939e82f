"""The rows of programmes."""

from moussem.programmes.models.applications import Application, Determination
from moussem.programmes.models.programmes import Award, Call, Programme, RuleSet

__all__ = ("Application", "Award", "Call", "Determination", "Programme", "RuleSet")
