"""Names that look or sound like a registered brand's and are not: `BrandIndex` finds which brand is meant."""

from zhengpin.detectors.lookalikes.index import BrandIndex
from zhengpin.domain.look_alike import Imitation, LookAlike

__all__ = ["BrandIndex", "Imitation", "LookAlike"]
