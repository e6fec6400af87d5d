"""Names and addresses of many, in columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from zhengpin.detectors.lookalikes.characters import readings
from zhengpin.detectors.lookalikes.folding import folded

Texts: TypeAlias = NDArray[np.object_]
Places: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TextColumn:
    """One part of a name or address, a row for each of them; empty text is not known."""

    name: str
    written: Texts
    """Letters, digits and simplified characters alone."""
    spoken: Texts
    """The same with Chinese characters in pinyin: what is typed wrong sounds right, and what is abroad is spelt so."""

    @classmethod
    def of(cls, name: str, texts: Iterable[str]) -> TextColumn:
        """Fold what people wrote."""
        written = [folded(text) for text in texts]
        return cls(name, _texts(written), _texts([spoken(text) for text in written]))

    def __len__(self) -> int:
        """How many rows."""
        return len(self.written)


@dataclass(frozen=True, slots=True)
class TextTable:
    """Columns of one length."""

    columns: tuple[TextColumn, ...]
    twins: tuple[tuple[int, int], ...] = ()
    """Places of columns that people take for one another, such as given and family name."""

    def __len__(self) -> int:
        """How many rows."""
        return len(self.columns[0])


@lru_cache(maxsize=100_000)
def spoken(text: str) -> str:
    """Give the text with the commonest reading of each Chinese character for it, without tones."""
    return text if text.isascii() else "".join(map(_syllable, text))


@lru_cache(maxsize=50_000)
def _syllable(character: str) -> str:
    found = readings(character)
    return min(found).rstrip("12345") if found else character


def _texts(values: list[str]) -> Texts:
    column = np.empty(len(values), dtype=np.object_)
    column[:] = values
    return column
