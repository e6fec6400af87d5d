"""Make the small marketplace and write it to a folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from random import Random

from zhengpin.simulation.cast import Cast
from zhengpin.simulation.fakes import FAKES
from zhengpin.simulation.goods import houses
from zhengpin.simulation.honest import HONEST
from zhengpin.simulation.records import Record
from zhengpin.simulation.scene import Scene

FILES = {
    "parties.jsonl": ("supplier", "brand", "authorisation"),
    "listings.jsonl": ("listing",),
    "trade.jsonl": ("price", "order_event", "outcome"),
    "truth.jsonl": ("truth",),
}
"""What is written, in the order in which it is imported. `truth.jsonl` is for people: it is told to nobody else."""

AGENTS, RETAILERS = 9, 12


def write_market(folder: Path, seed: int, now: datetime) -> int:
    """Write a marketplace to `FILES` in a folder and answer how many listings it has."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("w", encoding="utf-8")) for name in FILES}
        file_of = {kind: files[name] for name, kinds in FILES.items() for kind in kinds}
        for record in market(seed, now):
            (kind,) = record
            file_of[kind].write(json.dumps(record, ensure_ascii=False) + "\n")
            count += kind == "listing"
    return count


def market(seed: int, now: datetime) -> Iterator[Record]:
    """Every record of a marketplace, with the truth of each listing beside it; the same for the same seed and time."""
    random = Random(seed)  # noqa: S311  a simulation, no secret
    scene = Scene(random, now, Cast(random, now), houses())
    yield from _stage(scene)
    for story in (*HONEST, *FAKES):
        for truth, records in story(scene):
            yield from records
            for record in records:
                if "listing" in record:
                    yield {"truth": {"listingId": record["listing"]["listingId"], "truth": truth}}


def _stage(scene: Scene) -> Iterator[Record]:
    """Brands with their owners and agents, and retailers that sell what anyone may sell."""
    for house in scene.houses:
        owner = scene.cast.trader("brand", age_days=2000, official=True, reputation=1.0)
        scene.owners[house.brand_id] = owner
        scene.agents[house.brand_id] = [scene.cast.trader("agent") for _ in range(AGENTS)]
        yield owner.record
        yield scene.cast.brand(house, owner)
        for agent in scene.agents[house.brand_id]:
            yield agent.record
            yield scene.cast.authorisation(house, owner, agent, sublicensable=True)
    scene.retailers = [scene.cast.trader("retailer", reputation=0.8) for _ in range(RETAILERS)]
    yield from (trader.record for trader in scene.retailers)
