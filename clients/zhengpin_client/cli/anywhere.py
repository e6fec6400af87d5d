"""Options of the whole command that may stand after a subcommand too: `zhengpin verdicts list --json`."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class OptionsAnywhere(TyperGroup):
    """A group that takes its own options wherever they stand."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move the group's own options before the subcommand; what follows `--` stays where it is."""
        takes_value = {
            name: not getattr(parameter, "is_flag", False)
            for parameter in self.params
            for name in parameter.opts
            if name != "--help"
        }
        end = args.index("--") if "--" in args else len(args)
        own: list[str] = []
        others: list[str] = []
        waiting = iter(args[:end])
        for argument in waiting:
            name, equals, _ = argument.partition("=")
            if name not in takes_value:
                others.append(argument)
                continue
            own.append(argument)
            if takes_value[name] and not equals:
                own.extend([value] if (value := next(waiting, None)) is not None else [])
        return super().parse_args(ctx, own + others + args[end:])
