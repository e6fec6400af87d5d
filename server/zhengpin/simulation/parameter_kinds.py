"""Kinds of numbers that a file of parameters may say."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Some: TypeAlias = Annotated[int, Field(ge=1, le=1000)]
Pairs: TypeAlias = Annotated[int, Field(ge=2, le=1000, multiple_of=2)]
Positive: TypeAlias = Annotated[float, Field(gt=0, le=1e6)]
Often: TypeAlias = Annotated[float, Field(ge=0, le=100)]
"""How many on average; fractions are kept by chance."""


def least_first(span: tuple[float, float]) -> tuple[float, float]:
    """Refuse a span that begins with its most."""
    if span[0] > span[1]:
        raise ValueError("write the least first, then the most")
    return span


Span: TypeAlias = Annotated[tuple[Positive, Positive], AfterValidator(least_first)]
"""The least and the most."""
Count: TypeAlias = Annotated[tuple[Some, Some], AfterValidator(least_first)]
"""The least and the most, in whole numbers."""
ShareSpan: TypeAlias = Annotated[tuple[Share, Share], AfterValidator(least_first)]
"""The least share and the most."""


class Table(BaseModel):
    """One table of the file: it has these keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
