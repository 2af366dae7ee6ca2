"""Makes what a wheel holds besides its sources: the compiled translations, the front end, and the help."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EDITABLE = "editable"


class Made(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        root = Path(self.root)
        self._compile_translations(root)
        if version != EDITABLE:  # in a source tree tools/assets.sh and tools/help.sh make them
            self._build_front_end(root)
            self._build_help(root)

    @staticmethod
    def _compile_translations(root: Path) -> None:
        for source in (root / "web" / "translations").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as catalogue, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(catalogue))

    @staticmethod
    def _build_front_end(root: Path) -> None:
        made = [sys.executable, "tools/node.py", "web/frontend", "build"]
        if subprocess.run(made, cwd=root, check=False).returncode:  # noqa: S603
            raise RuntimeError("The front end was not built; it needs Node 20.19 or newer.")

    @staticmethod
    def _build_help(root: Path) -> None:
        sphinx = {**os.environ, "PYTHON": sys.executable}
        made = ["sh", "tools/help.sh"]
        if subprocess.run(made, cwd=root, env=sphinx, check=False).returncode:  # noqa: S603
            raise RuntimeError("The help was not built: the guides in docs/ have faults.")
