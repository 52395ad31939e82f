"""Several small readings by one query: rows of the same columns, each with the number of its reading."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value


def together(parts: "Sequence[QuerySet[Any]]") -> "QuerySet[Any] | tuple[()]":
    """The rows of all parts, which have the same columns, in no order; one query, none where there are no parts."""
    if not parts:
        return ()
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def numbered(number: int) -> Value:
    """The column that tells the rows of one part from those of the others."""
    return Value(number, output_field=IntegerField())


def counted(number: int, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """A part of two columns, its number and how many rows there are; where there are none, 0 or no row at all."""
    counting = rows.order_by().values(part=numbered(number)).annotate(counted=Count("pk"))
    return counting.values_list("part", "counted")
