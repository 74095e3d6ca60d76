"""The command: extract, compile or check."""

import sys
from collections.abc import Sequence
from pathlib import Path

from marketplace.lib.translations import catalogue
from marketplace.lib.translations.check import problems

ROOT = Path(__file__).resolve().parents[3]
USAGE = "usage: python -m marketplace.lib.translations extract|compile|check"


def main(arguments: Sequence[str], *, root: Path = ROOT) -> int:
    """Run one action and return the exit code: 0 done, 1 the catalogue is not complete, 2 no such action."""
    match list(arguments):
        case ["extract"]:
            _say(f"{catalogue.extract(root)} strings wait for a translation")
            return 0
        case ["compile"]:
            _say(f"wrote {catalogue.compile_catalogue(root).relative_to(root)}")
            return 0
        case ["check"]:
            found = problems(root)
            for problem in found:
                _say(problem)
            _say(f"{len(found)} problems in {catalogue.PATH}")
            return 1 if found else 0
    _say(USAGE)
    return 2


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
