"""Laws that ask a marketplace for papers of whoever sells in a category; a marketplace may ask for more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from zhengpin.domain.hit import Text
from zhengpin.domain.supplier_fact import DocumentKind
from zhengpin.suppliers.onboarding.surroundings import CategoryRequirement

_CHINA: Final = frozenset({"CN"})
_LICENSED: Final = (
    (("food", "食品"), Text("《食品安全法》第62条", "Food Safety Law of China, art. 62")),
    (
        ("medical devices", "medical-devices", "医疗器械"),
        Text(
            "《医疗器械监督管理条例》第46条",
            "Regulation on the Supervision of Medical Devices of China, art. 46",
        ),
    ),
)
"""Names of categories, and the law by which the marketplace reviews a licence for them."""


def _requirements() -> Iterator[CategoryRequirement]:
    """Goods of which the E-Commerce Law says in art. 38 that they touch life and health."""
    for names, source in _LICENSED:
        for name in names:
            yield CategoryRequirement(name, source, _CHINA, (DocumentKind.LICENCE,), life_and_health=True)


CATEGORY_LAWS: Final = tuple(_requirements())
