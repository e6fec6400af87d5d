"""`zhengpin-server rules`: check and test the rule packs in a folder, and list the signals, without a server."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from zhengpin.rules.cases import check, run_cases
from zhengpin.rules.pack import load_packs
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE
from zhengpin.signals.signal import Signal

app = typer.Typer(no_args_is_help=True, help="Rule packs on disk: check them, test them, see what they may name.")
out = Console()

PacksOption = Annotated[Path, typer.Option("--packs", help="The folder of rule packs.")]
CasesOption = Annotated[
    Path | None, typer.Option("--cases", help="The folder of the rules' cases; by default `cases` beside the packs.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")]

SHIPPED_PACKS = shipped("rules") / "packs"


@app.command("check")
def run_check(packs: PacksOption = SHIPPED_PACKS, as_json: JsonOption = False) -> None:
    """Report everything that is wrong with the packs; exit code 1 if anything is."""
    problems = [str(problem) for problem in check(packs, CATALOGUE)]
    if as_json:
        typer.echo(json.dumps({"folder": str(packs), "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            out.print(problem, markup=False, highlight=False, soft_wrap=True)
        out.print(f"{len(problems)} problem(s) in {packs}" if problems else f"All packs in {packs} are well.")
    raise typer.Exit(bool(problems))


@app.command("test")
def run_tests(packs: PacksOption = SHIPPED_PACKS, cases: CasesOption = None, as_json: JsonOption = False) -> None:
    """Run the cases that stand beside the rules; exit code 1 if one fails or a rule has none."""
    report = run_cases(load_packs(packs, CATALOGUE), cases or packs.resolve().parent / "cases", CATALOGUE)
    wrong = [str(each) for each in (*report.problems, *report.failures)]
    if as_json:
        typer.echo(json.dumps({"cases": len(report.results), "wrong": wrong}, ensure_ascii=False))
    else:
        for line in wrong:
            out.print(line, markup=False, highlight=False, soft_wrap=True)
        out.print(f"{len(report.results)} cases, {len(wrong)} wrong")
    raise typer.Exit(not report.passed)


@app.command("signals")
def list_signals(
    prefix: Annotated[str, typer.Argument(help="Only signals whose names begin so, such as price.")] = "",
    as_json: JsonOption = False,
) -> None:
    """List the signals that conditions may name: type, unit, range and meaning."""
    shown = [signal for name, signal in sorted(CATALOGUE.items()) if name.startswith(prefix)]
    if as_json:
        typer.echo(json.dumps([asdict(signal) for signal in shown], ensure_ascii=False))
        return
    for signal in shown:
        out.print(f"[bold]{signal.name}[/bold]  {_form_of(signal)}", highlight=False, soft_wrap=True)
        out.print(f"    {signal.doc.en}\n    {signal.doc.zh}", markup=False, highlight=False)


def _form_of(signal: Signal) -> str:
    """A signal's type, unit and range in a few words."""
    bounds = "" if signal.low is None and signal.high is None else f"{_bound(signal.low)} to {_bound(signal.high)}"
    return ", ".join(filter(None, (signal.type, signal.unit, bounds, " | ".join(signal.choices))))


def _bound(bound: float | None) -> str:
    return "…" if bound is None else f"{bound:g}"
