"""How fast rules run: our lane, zen-engine and a generated Python function, on one generated workload.

Timed is one evaluation, from signal values to the collection of rules that fired, in process CPU time. The engines take
turns in short rounds within one run, and each engine's best round counts, so that a busy machine hurts all alike.

- *lane*: `encode` of the signal values, then assert, drain and retract under the lane's lock: all that a rule book does
  before it makes hits. `lane, engine only` leaves the encoding out.
- *zen*: one list expression over all rules, compiled once, on a dictionary that was prepared before (flat names, sets
  as lists); the list of truths becomes a set of numbers. Its conditions are written with negation pushed down and
  with a guard only where zen would otherwise refuse `null`; the rarest test comes first, as in the rules.
- *python*: one generated function for all rules.
- *rule book*: what a screening pays: hits with texts, and the rules that could not be evaluated. Not compared. Its
  facts come again, so it knows their profiles; `rule book, new profile` works each out: lane, unknown rules and all.

Every engine must find the same rules on every fact; a tenth of all values is missing.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, cycle, islice
from pathlib import Path
from typing import Any

import zen
from rich.console import Console
from rich.table import Table

from bench.memory import rss_mb
from bench.rules_workload import CATALOGUE, Workload, a_pack_of, a_workload, zen_context, zen_expression
from zhengpin.rules.compiler import compile_rules
from zhengpin.rules.lane import Lane
from zhengpin.rules.oracle import Oracle
from zhengpin.rules.pack import read_pack
from zhengpin.rules.rulebook import RuleBook
from zhengpin.signals.signal import Observation

SIZES = (50, 200)
ROUND = 250
"""Facts a round: short enough that some rounds are undisturbed."""
ENGINES = ("lane", "lane, engine only", "zen", "python", "rule book", "rule book, new profile")


@dataclass(frozen=True, slots=True)
class Contest:
    """The engines, loaded with one workload."""

    workload: Workload
    lane: Lane
    encode: Callable[[Any], str]
    oracle: Oracle
    zen: Callable[[Any], set[int]]
    book: RuleBook
    forgetful: RuleBook

    @classmethod
    def of(cls, workload: Workload) -> Contest:
        """Load every engine."""
        (program,) = compile_rules(workload.conditions)
        expression = zen.compile_expression("[" + ", ".join(map(zen_expression, workload.conditions)) + "]")
        numbers = range(len(workload.conditions))
        packs = [read_pack(a_pack_of(workload.texts), "generated.yaml", CATALOGUE)]
        return cls(
            workload,
            Lane(program),
            program.encode,
            Oracle(workload.conditions),
            lambda context: set(compress(numbers, expression.evaluate(context))),
            RuleBook(packs),
            RuleBook(packs),
        )

    def wrong_sets(self) -> int:
        """Count the facts on which the three do not find the same rules."""
        return sum(
            not (set(self.lane.fired(fact)) == set(self.oracle.fired(fact)) == self.zen(zen_context(fact)))
            for fact in self.workload.facts
        )

    def microseconds(self, rounds: int) -> dict[str, float]:
        """Give each engine's CPU time for one evaluation, in µs: its best round."""
        facts = self.workload.facts[:ROUND]
        observations = [Observation(fact) for fact in facts]
        runs: dict[str, tuple[Callable[[Any], object], Sequence[Any]]] = {
            "lane": (self.lane.fired, facts),
            "lane, engine only": (self.lane.fired_by, [self.encode(fact) for fact in facts]),
            "zen": (self.zen, [zen_context(fact) for fact in facts]),
            "python": (self.oracle.fired, facts),
            "rule book": (self.book.evaluate, observations),
            "rule book, new profile": (self._evaluated_anew, observations),
        }
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(rounds):
            for name, (evaluate, inputs) in runs.items():
                best[name] = min(best[name], _cpu(evaluate, inputs) / len(inputs) * 1e6)
        return best

    def _evaluated_anew(self, observation: Observation) -> object:
        self.forgetful.forget()
        return self.forgetful.evaluate(observation)

    def close(self) -> None:
        """Free the networks."""
        self.lane.close()
        self.book.close()
        self.forgetful.close()


def _cpu(evaluate: Callable[[Any], object], inputs: Iterable[Any]) -> float:
    start = time.process_time()
    for one in inputs:
        evaluate(one)
    return time.process_time() - start


def rss_growth_mb(lane: Lane, workload: Workload, evaluations: int) -> float:
    """Give how much resident memory grows over many evaluations, in MB, after a warm-up of a fiftieth of them."""
    facts = cycle(workload.facts)
    _cpu(lane.fired, islice(facts, max(evaluations // 50, 1000)))
    before = rss_mb()
    _cpu(lane.fired, islice(facts, evaluations))
    return rss_mb() - before


def main() -> None:
    """Run the benchmark, print a table, and write the figures if asked to."""
    options = _options()
    measured: dict[int, dict[str, float]] = {}
    wrong, growth = 0, 0.0
    for size in SIZES:
        contest = Contest.of(a_workload(size, options.facts, seed=options.seed))
        wrong += contest.wrong_sets()
        measured[size] = contest.microseconds(options.rounds)
        if size == SIZES[0]:
            growth = rss_growth_mb(contest.lane, contest.workload, options.evaluations)
        contest.close()
    headline = _headline(measured, wrong, growth)
    _show(measured, headline, options)
    if options.json:
        options.json.write_text(json.dumps({"headline": headline, "microseconds": measured}, indent=2) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench rules", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--facts", type=int, default=5000, help="facts per size on which all engines must agree")
    parser.add_argument("--rounds", type=int, default=60, help="rounds in which the engines take turns")
    parser.add_argument("--evaluations", type=int, default=1_000_000, help="evaluations for the growth of memory")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def _headline(measured: dict[int, dict[str, float]], wrong: int, growth: float) -> dict[str, float]:
    ratios = {
        f"ratio_to_{peer}_{size}": round(measured[size]["lane"] / measured[size][peer], 3)
        for peer in ("zen", "python")
        for size in SIZES
    }
    return {**ratios, "wrong_sets": wrong, "rss_growth_mb": round(growth, 2)}


def _show(measured: dict[int, dict[str, float]], headline: dict[str, float], options: argparse.Namespace) -> None:
    table = Table(title="CPU time of one evaluation, µs (and its ratio to the lane's)")
    table.add_column("engine")
    for size in SIZES:
        table.add_column(f"{size} rules", justify="right")
    for engine in ENGINES:
        cells = [f"{measured[n][engine]:.1f} ({measured[n][engine] / measured[n]['lane']:.2f})" for n in SIZES]
        table.add_row(engine, *cells)
    console = Console()
    console.print(table)
    console.print(f"facts on which the engines differ: {headline['wrong_sets']:g} of {options.facts * len(SIZES):,}")
    console.print(f"memory grew {headline['rss_growth_mb']} MB over {options.evaluations:,} evaluations")


if __name__ == "__main__":
    main()
