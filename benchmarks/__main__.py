"""Measure what must be fast: `make bench`. Each module beside this one has a `measure()` that returns what it found."""

import importlib
import sys
from pathlib import Path


def main() -> None:
    """Run the benchmarks named on the command line, or all of them, and print what they found."""
    names = sys.argv[1:] or sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    for name in names:
        print(f"\n{name}")
        for what, value in importlib.import_module(f"benchmarks.{name}").measure().items():
            print(f"  {what:<48} {value}")


if __name__ == "__main__":
    main()
