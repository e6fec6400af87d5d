"""Names that look or sound like a registered brand's and are not: `BrandIndex` finds which brand is meant."""

from zhengpin.detectors.lookalikes.growing import GrowingIndex
from zhengpin.detectors.lookalikes.index import BrandIndex
from zhengpin.detectors.lookalikes.titles import start_of
from zhengpin.domain.look_alike import Imitation, LookAlike

__all__ = ["BrandIndex", "GrowingIndex", "Imitation", "LookAlike", "start_of"]
