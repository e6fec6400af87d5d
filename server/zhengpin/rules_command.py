"""`zhengpin-server rules`: check and test the rule packs in a folder, without a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from zhengpin.rules.cases import check, run_cases
from zhengpin.rules.pack import load_packs
from zhengpin.settings import shipped
from zhengpin.signals.catalogue import CATALOGUE

app = typer.Typer(no_args_is_help=True, help="Rule packs on disk: check them, test them.")
out = Console()

PacksOption = Annotated[Path, typer.Option("--packs", help="The folder of rule packs.")]
CasesOption = Annotated[Path, typer.Option("--cases", help="The folder of the rules' cases.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Answer as one JSON document.")]

SHIPPED_PACKS = shipped("rules") / "packs"
SHIPPED_CASES = shipped("rules") / "cases"


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
def run_tests(
    packs: PacksOption = SHIPPED_PACKS, cases: CasesOption = SHIPPED_CASES, as_json: JsonOption = False
) -> None:
    """Run the cases that stand beside the rules; exit code 1 if one fails or a rule has none."""
    report = run_cases(load_packs(packs, CATALOGUE), cases, CATALOGUE)
    wrong = [str(each) for each in (*report.problems, *report.failures)]
    if as_json:
        typer.echo(json.dumps({"cases": len(report.results), "wrong": wrong}, ensure_ascii=False))
    else:
        for line in wrong:
            out.print(line, markup=False, highlight=False, soft_wrap=True)
        out.print(f"{len(report.results)} cases, {len(wrong)} wrong")
    raise typer.Exit(not report.passed)
