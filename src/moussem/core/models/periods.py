"""A period as columns: start, end, precision, the words of the source, and whether it was inferred."""

from typing import Any

from django.db import models

from moussem.engines.values.period import Period, Precision

PARTS = ("start", "end", "precision", "words", "inferred")


def period_values(name: str, period: Period | None) -> dict[str, Any]:
    """The column values that store `period` under `name`; all empty where the period is not stated."""
    if period is None:
        values: dict[str, Any] = {"start": None, "end": None, "precision": "", "words": "", "inferred": False}
    else:
        values = {
            "start": period.start,
            "end": period.end,
            "precision": str(period.precision),
            "words": period.words,
            "inferred": period.inferred,
        }
    return {f"{name}_{part}": value for part, value in values.items()}


def _stored(name: str) -> property:
    def read(row: models.Model) -> Period | None:
        parts = {part: getattr(row, f"{name}_{part}") for part in PARTS}
        if not parts["precision"]:
            return None
        return Period(**{**parts, "precision": Precision(parts["precision"])})

    return property(read, doc=f"The {name} as a Period; None where the source does not state it.")


def period_columns(name: str) -> type[models.Model]:
    """An abstract model that stores one period under `name`, read back by the property of that name."""
    attributes: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": f"Columns of the period `{name}`.",
        "Meta": type("Meta", (), {"abstract": True}),
        f"{name}_start": models.DateField(null=True, blank=True),
        f"{name}_end": models.DateField(null=True, blank=True),
        f"{name}_precision": models.CharField(max_length=12, blank=True),
        f"{name}_words": models.CharField(max_length=120, blank=True),
        f"{name}_inferred": models.BooleanField(default=False),
        name: _stored(name),
    }
    return type(f"{name.title().replace('_', '')}Columns", (models.Model,), attributes)
