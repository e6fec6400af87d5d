"""What every part of one simulated marketplace is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zhengpin.simulation.chance import Chance
from zhengpin.simulation.parameters import Parameters


@dataclass(frozen=True, slots=True)
class World:
    """Parameters, dice and the time at which the marketplace is looked at (UTC)."""

    parameters: Parameters
    chance: Chance
    now: datetime
