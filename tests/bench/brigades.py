"""How many arranged votes are left out of the count, and how many honest ones with them, on simulated marketplaces.

The truth about each vote is known. `precision` and `recall` are of votes to leave out; a vote that a hired account
casts as camouflage is nobody's order and counts as honest here. Printed beside: each method alone, all votes of every
alarm without a look at who voted, and the plainest threshold (eight votes for one side of a target in a day).

How far a brigade moves a target is measured where it is about a fifth of the target's votes: the share that would
recommend, with what is left of the brigade, against the share without any of it. Trust in voters is left out of it, so
what is seen is what excluding does.

The last table changes what the simulation is made of, one thing at a time, to whatever makes brigades harder to tell.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from markets import NOW
from tally_columns import circle_columns, tally_columns
from voting import Poll, poll_of
from zhengpin.domain.vote import WhyNotCounted
from zhengpin.reputation.brigades import METHODS, Brigade, find_brigades
from zhengpin.reputation.bursts import LEAST_VOTES, burst_alarms
from zhengpin.reputation.drips import drip_alarms
from zhengpin.reputation.inquiry import Inquiry
from zhengpin.reputation.posterior import PRIOR_VOTES
from zhengpin.reputation.timeline import DAY
from zhengpin.reputation.weights import BY_PURCHASE, GROWN_UP, Bought, grown_columns, shrunk
from zhengpin.simulation import Marketplace, load_parameters

Flags = NDArray[np.bool_]
OURS: Final = "ours"
FIRST_SEED: Final = 7001
"""Far from the seeds on which anything was chosen."""
ARRANGED: Final = ("burst", "drip", "farm", "ring")
A_FIFTH: Final = (0.15, 0.25)
"""Shares of a target's votes that are about a fifth."""
HARDER: Final[Mapping[str, Mapping[str, Mapping[str, object]]]] = {
    "half of the hired are strangers": {"accounts": {"strangers": 0.5}},
    "the hired buy as everybody does": {"accounts": {"bought": 0.35}, "ring": {"bought": 0.35}},
    "the hired dissent in one vote of ten": {"accounts": {"feint": 0.1}},
    "farms cast three times the camouflage": {"farm": {"camouflage": 30.0}},
    "brigades are half as large": {
        "burst": {"size": (0.08, 0.35), "least": 7},
        "drip": {"size": (0.08, 0.35), "least": 7},
    },
    "friends buy as everybody does": {"acquaintances": {"bought": 0.35}},
    "followers buy as everybody does": {"followers": {"bought": 0.35}},
    "all vote twice as much": {"voter": {"votes": 6.0}},
}


@dataclass(slots=True)
class Caught:
    """What one way of finding brigades leaves out, by story."""

    left_out: Counter[str] = field(default_factory=Counter)

    def precision(self) -> float:
        """Of what is left out, the share that was arranged."""
        total = self.left_out.total()
        return sum(self.left_out[story] for story in ARRANGED) / total if total else 1.0

    def recall(self, cast: Counter[str], stories: Sequence[str] = ARRANGED) -> float:
        """Of what was arranged, the share that is left out."""
        return sum(self.left_out[story] for story in stories) / max(sum(cast[story] for story in stories), 1)


@dataclass(slots=True)
class Measured:
    """What was seen on all marketplaces."""

    cast: Counter[str] = field(default_factory=Counter)
    by_way: dict[str, Caught] = field(default_factory=dict)
    per_seed: list[tuple[float, float]] = field(default_factory=list)
    """Precision and recall of ours."""
    shifts: list[float] = field(default_factory=list)
    unchecked_shifts: list[float] = field(default_factory=list)
    """If nothing were left out."""
    seconds: float = 0.0


def main() -> None:
    """Run the benchmark, print tables, and write the figures if asked to."""
    options = _options()
    measured = Measured()
    for seed in track(range(FIRST_SEED, FIRST_SEED + options.seeds), "marketplaces", transient=True):
        _measure(measured, poll_of(_market(seed, options.quarters).ballots()))
    harder = {
        name: _ours_alone(_market(FIRST_SEED, options.quarters, changes))
        for name, changes in track(HARDER.items(), "harder ones", transient=True)
    }
    headline = _headline(measured)
    _show(measured, headline)
    _show_harder(harder)
    if options.json:
        harder_figures = {name: _figures(each) for name, each in harder.items()}
        figures = {"headline": headline, "harder": harder_figures, **_details(measured)}
        options.json.write_text(json.dumps(figures, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench brigades", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--seeds", type=int, default=6, help="marketplaces")
    parser.add_argument("--quarters", type=int, default=50, help="quarters of each; a quarter has some 2,200 votes")
    return parser.parse_args()


def _market(seed: int, quarters: int, changes: Mapping[str, Mapping[str, object]] | None = None) -> Marketplace:
    parameters = load_parameters()
    votes = parameters.votes.model_dump()
    for table, values in (changes or {}).items():
        votes[table] |= values
    plan = type(parameters.votes).model_validate(votes)
    return Marketplace(parameters.model_copy(update={"votes": plan}), seed=seed, now=NOW, listings=quarters * 500)


# --- what is left out --------------------------------------------------------------------------------------------


def _measure(measured: Measured, poll: Poll) -> None:
    measured.cast.update(poll.story.tolist())
    started = time.process_time()
    ours = _found(poll)
    measured.seconds += time.process_time() - started
    hits, left_out, ordered = (int(np.count_nonzero(each)) for each in (ours & poll.arranged, ours, poll.arranged))
    measured.per_seed.append((hits / max(left_out, 1), hits / max(ordered, 1)))
    for way, flags in ((OURS, ours), *_plain_ways(poll)):
        measured.by_way.setdefault(way, Caught()).left_out.update(poll.story[flags].tolist())
    _measure_shift(measured, poll, ours)


def _ours_alone(market: Marketplace) -> Measured:
    poll = poll_of(market.ballots())
    left_out = Counter(poll.story[_found(poll)].tolist())
    return Measured(Counter(poll.story.tolist()), {OURS: Caught(left_out)})


def _found(poll: Poll, methods: Sequence[WhyNotCounted] = METHODS) -> Flags:
    brigades = find_brigades(poll.votes, poll.voters, poll.bought, methods=methods)
    return _flags(poll, brigades)


def _flags(poll: Poll, brigades: Sequence[Brigade]) -> Flags:
    flags = np.zeros(len(poll.votes), dtype=np.bool_)
    for brigade in brigades:
        flags[brigade.rows] = True
    return flags


def _plain_ways(poll: Poll) -> Iterator[tuple[str, Flags]]:
    for method in METHODS:
        yield f"{method} alone", _found(poll, [method])
    yield "alarms, nobody looked at", _alarmed(poll)
    yield "eight on one day", _counted(poll)


def _alarmed(poll: Poll) -> Flags:
    inquiry = Inquiry.into(poll.votes, poll.voters, poll.bought)
    flags = np.zeros(len(poll.votes), dtype=np.bool_)
    bursts = burst_alarms(inquiry.timeline, inquiry.usual)
    for alarm in (*bursts, *drip_alarms(inquiry.timeline, inquiry.usual_a_day)):
        flags[inquiry.timeline.rows[alarm.first : alarm.after_last]] = True
    return flags


def _counted(poll: Poll) -> Flags:
    days = (poll.votes.at // DAY).astype(np.int64)
    side = poll.votes.target.astype(np.int64) * 2 + (poll.votes.opinion > 0)
    _, day, count = np.unique(side * 100_000 + days, return_inverse=True, return_counts=True)
    flags: Flags = (count >= LEAST_VOTES)[day]
    return flags


# --- how far a target moves --------------------------------------------------------------------------------------


def _measure_shift(measured: Measured, poll: Poll, left_out: Flags) -> None:
    arranged, targets = poll.arranged, poll.votes.targets
    hired = np.bincount(poll.votes.target[arranged], minlength=targets)
    least, most = A_FIFTH
    votes = np.bincount(poll.votes.target, minlength=targets)
    hit = (hired >= least * votes) & (hired <= most * votes) & (votes > 0)
    truth = _shares(poll, ~arranged)[hit]
    measured.shifts += np.abs(_shares(poll, ~left_out)[hit] - truth).tolist()
    measured.unchecked_shifts += np.abs(_shares(poll, np.ones_like(arranged))[hit] - truth).tolist()


def _shares(poll: Poll, counted: Flags) -> NDArray[np.float64]:
    """Where each target stands by the votes that count, with the usual share as its prior."""
    votes = poll.votes
    age = np.clip((votes.at - poll.voters.registered_at[votes.voter]) / GROWN_UP.total_seconds(), 0, 1)
    purchase = np.where(poll.bought, BY_PURCHASE[Bought.VERIFIED], BY_PURCHASE[Bought.UNPROVEN])
    weight = grown_columns(age * purchase, votes.at) * counted
    circles = circle_columns(votes.target, poll.voters.circle[votes.voter], votes.opinion > 0, weight)
    tallies = tally_columns(circles, votes.targets)
    now = shrunk(1.0, NOW)
    prior = float(np.average(votes.opinion > 0))
    total = (tallies.recommend + tallies.warn) * now + PRIOR_VOTES
    shares: NDArray[np.float64] = (tallies.recommend * now + PRIOR_VOTES * prior) / total
    return shares


# --- telling it --------------------------------------------------------------------------------------------------


def _headline(measured: Measured) -> dict[str, float]:
    naive = measured.by_way["eight on one day"]
    votes = measured.cast.total()
    return {
        "marketplaces": len(measured.per_seed),
        "votes": votes,
        **_figures(measured),
        "worst_precision": round(min(precision for precision, _ in measured.per_seed), 4),
        "worst_recall": round(min(recall for _, recall in measured.per_seed), 4),
        "standing_shift": round(float(np.quantile(measured.shifts, 0.95)), 4),
        "standing_shift_mean": round(float(np.mean(measured.shifts)), 4),
        "standing_shift_unchecked": round(float(np.quantile(measured.unchecked_shifts, 0.95)), 4),
        "naive_precision": round(naive.precision(), 4),
        "naive_recall": round(naive.recall(measured.cast), 4),
        "naive_crowd_excluded": round(naive.recall(measured.cast, ["crowd"]), 4),
        "votes_per_second": round(votes / measured.seconds),
    }


def _figures(measured: Measured) -> dict[str, float]:
    ours = measured.by_way[OURS]
    return {
        "precision": round(ours.precision(), 4),
        "recall": round(ours.recall(measured.cast), 4),
        "crowd_excluded": round(ours.recall(measured.cast, ["crowd"]), 5),
    }


def _details(measured: Measured) -> dict[str, object]:
    return {
        "cast": measured.cast,
        "left_out": {way: caught.left_out for way, caught in measured.by_way.items()},
        "per_seed": measured.per_seed,
        "standing_shift": _quantiles(measured.shifts),
        "standing_shift_unchecked": _quantiles(measured.unchecked_shifts),
    }


def _quantiles(shifts: Sequence[float]) -> dict[str, float]:
    return {f"{share:g}": round(float(np.quantile(shifts, share)), 4) for share in (0.5, 0.9, 0.95, 0.99, 1)}


def _show(measured: Measured, headline: Mapping[str, float]) -> None:
    table = Table(title="Share of the votes of each story that is left out of the count; the first four should be")
    for column in ("story", "votes", *measured.by_way):
        table.add_column(column, justify="left" if column == "story" else "right")
    for story in sorted(measured.cast, key=lambda each: (each not in ARRANGED, each)):
        shares = (f"{caught.recall(measured.cast, [story]):.4f}" for caught in measured.by_way.values())
        table.add_row(story, str(measured.cast[story]), *shares, end_section=story == ARRANGED[-1])
    table.add_section()
    table.add_row("precision", "", *(f"{caught.precision():.4f}" for caught in measured.by_way.values()))
    table.add_row("recall", "", *(f"{caught.recall(measured.cast):.4f}" for caught in measured.by_way.values()))
    console = Console()
    console.print(table)
    for name, shifts in (("ours", measured.shifts), ("nothing left out", measured.unchecked_shifts)):
        told = ", ".join(f"{float(share):.0%} up to {shift:.3f}" for share, shift in _quantiles(shifts).items())
        console.print(
            f"{len(shifts)} targets under a brigade of a fifth of their votes, {name}: {told}", soft_wrap=True
        )
    console.print(
        f"precision {headline['precision']}, recall {headline['recall']}; "
        f"of honest crowds {headline['crowd_excluded']} left out; "
        f"a target moves by up to {headline['standing_shift']}; {headline['votes_per_second']} votes a second",
        soft_wrap=True,
    )


def _show_harder(harder: Mapping[str, Measured]) -> None:
    table = Table(title="One market where brigades are harder to tell")
    for column in ("what is changed", "precision", "recall", *ARRANGED, "acquaintances", "crowd"):
        table.add_column(column, justify="left" if column == "what is changed" else "right")
    for name, measured in harder.items():
        ours = measured.by_way[OURS]
        shares = (f"{ours.recall(measured.cast, [story]):.3f}" for story in (*ARRANGED, "acquaintances", "crowd"))
        table.add_row(name, f"{ours.precision():.3f}", f"{ours.recall(measured.cast):.3f}", *shares)
    Console().print(table)


if __name__ == "__main__":
    main()
