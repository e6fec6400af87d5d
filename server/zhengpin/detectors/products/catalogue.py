"""All offers that are compared, read together: how rare each word is, and how alike two texts are by that.

Nothing here needs a label: the weights come from the offers themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from zhengpin.detectors.products.offer import Offer, OfferText, read_offer

Places: TypeAlias = npt.NDArray[np.intp]
Column: TypeAlias = npt.NDArray[np.float64]
Vectors: TypeAlias = csr_matrix

CHARACTERS = (3, 5)
"""Least and most characters of the pieces of words that are compared."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Offers, read, with weights and vectors; pairs name them by their places."""

    texts: tuple[OfferText, ...]
    weights: Mapping[str, float]
    """Of each word, its inverse document frequency, smoothed as scikit-learn does: ln((n + 1) / (m + 1)) + 1."""
    vectors: Mapping[str, Vectors]

    def cosines(self, left: Places, right: Places) -> dict[str, Column]:
        """How alike the two of each pair are by each kind of vectors, from 0 to 1."""
        return {kind: _cosine(vectors, left, right) for kind, vectors in self.vectors.items()}


def catalogue_of(offers: Sequence[Offer]) -> Catalogue:
    """Read offers; there must be one at least."""
    texts = tuple(read_offer(offer) for offer in offers)
    return Catalogue(
        texts,
        weights=_weights(texts),
        vectors={
            "title words": _vectors(texts, lambda text: text.title),
            "all words": _vectors(texts, lambda text: sorted(text.words)),
            "category": _vectors(texts, lambda text: (*text.category, "")),
            "characters": _character_vectors(texts),
        },
    )


def _weights(texts: Sequence[OfferText]) -> dict[str, float]:
    seen: dict[str, int] = {}
    for text in texts:
        for word in text.words:
            seen[word] = seen.get(word, 0) + 1
    return {word: log((len(texts) + 1) / (count + 1)) + 1 for word, count in seen.items()}


def _vectors(texts: Sequence[OfferText], words_of: Callable[[OfferText], Sequence[str]]) -> Vectors:
    if not any(map(words_of, texts)):
        return csr_matrix((len(texts), 1))
    return TfidfVectorizer(analyzer=words_of, sublinear_tf=True).fit_transform(texts)


def _character_vectors(texts: Sequence[OfferText]) -> Vectors:
    written = [f"{text.written} {text.offer.brand} {text.offer.model}" for text in texts]
    if not any(map(str.strip, written)):
        return csr_matrix((len(texts), 1))
    pieces: Any = TfidfVectorizer(analyzer="char_wb", ngram_range=CHARACTERS, sublinear_tf=True)
    return pieces.fit_transform(written)


def _cosine(vectors: Vectors, left: Places, right: Places) -> Column:
    """Rows are of length one already, so that their product is the cosine."""
    return np.asarray(vectors[left].multiply(vectors[right]).sum(axis=1), dtype=np.float64).ravel()
