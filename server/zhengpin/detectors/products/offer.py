"""What of an offer tells its product, and that as words, numbers and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengpin.detectors.wording import colours, measures, plain

_TOKEN = re.compile(r"\d+(?:\.\d+)+|[a-z0-9]+(?:-[a-z0-9]+)*|[\u3400-\u9fff]+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SIGNS = re.compile(r"[^a-z0-9\u3400-\u9fff]+")
_SHORTEST_CODE = 4
_SHORTEST_MODEL = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known of one offer; what isn't is empty."""

    title: str
    brand: str = ""
    model: str = ""
    category: str = ""
    price: float | None = None
    """For what is sold together, in the one currency of all offers that are compared."""


@dataclass(frozen=True, slots=True)
class OfferText:
    """An offer, read."""

    offer: Offer
    title: tuple[str, ...]
    """The title's words in their order, those with digits also without their hyphens."""
    brand: frozenset[str]
    category: tuple[str, ...]
    words: frozenset[str]
    """Of title, brand and model."""
    written: str
    """The plain title."""
    run_together: str
    """Title, and model after a space, without signs or spaces: what one writes "wrt 54g" another writes "wrt54g"."""
    model: str
    """The model field without signs."""
    numbers: frozenset[str] = field(default=frozenset())
    codes: frozenset[str] = field(default=frozenset())
    """Words of at least four characters with a digit, and the model."""
    colours: frozenset[str] = field(default=frozenset())
    measures: frozenset[str] = field(default=frozenset())


def read_offer(offer: Offer) -> OfferText:
    """Read an offer's texts once, for all its pairs."""
    written, brand, model = plain(offer.title), plain(offer.brand), plain(offer.model)
    title = tuple(_tokens(written))
    bare_model = _SIGNS.sub("", model)
    words = frozenset((*title, *_tokens(brand), *_tokens(model), bare_model)) - {""}
    codes = {word for word in words if len(word) >= _SHORTEST_CODE and any(map(str.isdigit, word))}
    return OfferText(
        offer=offer,
        title=title,
        brand=frozenset(_tokens(brand)),
        category=tuple(_tokens(plain(offer.category))),
        words=words,
        written=written,
        run_together=f"{_SIGNS.sub('', written)} {bare_model}",
        model=bare_model,
        numbers=frozenset(filter(is_number, title)),
        codes=frozenset(codes | {bare_model} if len(bare_model) >= _SHORTEST_MODEL else codes),
        colours=colours(title),
        measures=measures(written),
    )


def is_number(word: str) -> bool:
    """Whether a word is a number or a version: 7, 2.4, 10.0.1."""
    return _NUMBER.fullmatch(word) is not None


def _tokens(text: str) -> Iterator[str]:
    """Give the words of a plain text: codes whole and in parts, whole numbers without their zeros, Chinese by twos."""
    for found in _TOKEN.findall(text):
        if found[0] > "\u3000":
            yield from (found[place : place + 2] for place in range(max(len(found) - 1, 1)))
        elif "-" in found:
            if any(map(str.isdigit, found)):
                yield found.replace("-", "")
            yield from found.split("-")
        else:
            yield re.sub(r"^(\d+)(?:\.0+)+$", r"\1", found)
