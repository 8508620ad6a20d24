"""Fuzz what comes in from outside, led by coverage: `make fuzz`, or `make fuzz TARGET=richtext SECONDS=600`."""

import subprocess
import sys

ADVICE = (
    "Fuzzing takes the package atheris: type `.venv/bin/python -m pip install --require-hashes -r tools/fuzz.lock`."
)


def main() -> None:
    """Fuzz one target in this process, or all of them one after the other in processes of their own."""
    seconds, *names = sys.argv[1:]
    try:
        import atheris  # noqa: PLC0415 - nothing else needs it
    except ImportError:
        sys.exit(ADVICE)
    with atheris.instrument_imports(include=["bot"]):
        from tests.fuzz.test_fuzz import TARGETS  # noqa: PLC0415 - what is imported here is what is watched
    if len(names) != 1:
        sys.exit(max(_apart(seconds, name) for name in names or TARGETS))
    target = TARGETS[names[0]].hypothesis.fuzz_one_input  # type: ignore[attr-defined]  # hypothesis adds it
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}"], target)
    atheris.Fuzz()


def _apart(seconds: str, name: str) -> int:
    print(f"Fuzzing {name} for {seconds} seconds", flush=True)
    return subprocess.run([sys.executable, "-m", "tools.fuzz", seconds, name], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    main()
