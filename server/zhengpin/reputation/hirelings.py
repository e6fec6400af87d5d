"""Who else was hired: of votes beside those that came together, which are more likely arranged than honest.

So many of them as were usual before are honest, of any number that is more the rest were hired as well. A purchase
tells them apart as far as those who came together bought less than voters usually do:

    odds = (n − e) / e × P(purchase or none | hired) / P(purchase or none | honest)
"""

from __future__ import annotations

import numpy as np

from zhengpin.reputation.timeline import Flags, Numbers


def hired_too(bought: Flags, expected: float, bought_by_hired: float, bought_usually: float) -> Flags:
    """Which of some votes were hired with a chance above one half; `expected` of them are honest."""
    odds = (len(bought) - expected) / max(expected, 1e-9)
    likelier: Numbers = np.where(bought, bought_by_hired / bought_usually, (1 - bought_by_hired) / (1 - bought_usually))
    found: Flags = odds * likelier > 1
    return found
