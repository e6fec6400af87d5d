"""Compiles the inner loops of models, whenever the project is installed or built."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOOPS = "server/zhengpin/risk/inner_loops.pyx"


class CompiledLoops(BuildHookInterface[Any]):
    """Writes the extension module beside its source.

    Without a compiler it is left out: a calling backend needs neither, and no server is without one, for durable-rules
    is compiled as well.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile, and say that a wheel is one for this platform."""
        if not has_compiler():
            self.app.display_warning("No C compiler was found: the server's part is left uncompiled and won't start.")
            return
        cythonize = [sys.executable, "-m", "Cython.Build.Cythonize", "--inplace", "--force", "--quiet", LOOPS]
        subprocess.run(cythonize, cwd=self.root, check=True)  # noqa: S603  the project's own source
        build_data["artifacts"].append(LOOPS.replace(".pyx", ".*.so"))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def has_compiler() -> bool:
    """Whether the compiler that `CC` names can be had, or else the one that Python itself was built with."""
    compiler, *_ = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    return shutil.which(compiler) is not None
