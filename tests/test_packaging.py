"""The wheel is whole: installed elsewhere, it runs."""

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("bot", "storage", "templates", "fakeslack")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel, built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the programs of an environment with the wheel in it, and our packages' dependencies in sight."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = str(home / "bin" / "python")
    _run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", str(wheel))
    return home / "bin"


def test_the_wheel_carries_every_file_of_the_packages(wheel: Path) -> None:
    """Templates, migrations, samples and pages are files like any other."""
    files = {
        str(path.relative_to(ROOT))
        for package in SHIPPED
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        carried = set(archive.namelist())

    assert [] == sorted(files - carried)


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    """Tests and tools stay at home."""
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}

    assert set(SHIPPED) == {top for top in tops if not top.startswith("weeknotes-")}


def test_the_installed_command_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    """It is the code of the wheel that runs, not this tree."""
    where = _run(str(installed / "python"), "-c", "import bot; print(bot.__file__)", cwd=tmp_path)

    assert str(installed.parent) in where
    assert "weeknotes demo" in _run(str(installed / "weeknotes"), "--help", cwd=tmp_path)


def test_the_installed_command_brings_a_database_up_to_date(installed: Path, tmp_path: Path) -> None:
    """From another directory, with the migrations that the wheel carries."""
    weeknotes = str(installed / "weeknotes")

    said = _run(weeknotes, "db", "upgrade", cwd=tmp_path)

    assert "The database is at revision" in said
    assert (tmp_path / "weeknotes.sqlite3").exists()
    assert "as it should be" in _run(weeknotes, "db", "check", cwd=tmp_path)


def test_the_installed_templates_load(installed: Path, tmp_path: Path) -> None:
    """Every template of the tree is found by the installed code."""
    script = """
from pathlib import Path
import bot
from bot.rendering import environments
folder = Path(bot.__file__).parent.parent / "templates"
print(sum(1 for _ in folder.rglob("*.j2")))
environments.Templates()
"""
    count = sum(1 for _ in (ROOT / "templates").rglob("*.j2"))

    assert str(count) == _run(str(installed / "python"), "-c", script, cwd=tmp_path).strip()


def test_the_installed_command_prints_the_manifest(installed: Path, tmp_path: Path) -> None:
    """It is the manifest at the top of the tree."""
    printed = json.loads(_run(str(installed / "weeknotes"), "manifest", cwd=tmp_path))

    assert json.loads((ROOT / "manifest.json").read_text(encoding="utf-8")) == printed


@pytest.mark.parametrize("lock", ("requirements.lock", "requirements-dev.lock", "tools/pip.lock", "tools/fuzz.lock"))
def test_the_lock_pins_what_the_project_asks_for(lock: str) -> None:
    """Each package is there with its hashes, and no address of an index is."""
    pinned = (ROOT / lock).read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ours, groups = project["project"]["dependencies"], project["dependency-groups"]
    wanted = {
        "requirements.lock": ours,
        "requirements-dev.lock": [*ours, *groups["dev"]],
        "tools/pip.lock": ["pip"],
        "tools/fuzz.lock": groups["fuzz"],
    }[lock]

    names = {line.split("==")[0].split("[")[0] for line in pinned.splitlines() if "==" in line}
    assert [] == [name for name in wanted if _bare(name) not in names]
    assert "://" not in pinned
    assert pinned.count("==") <= pinned.count("--hash=sha256:")


def _bare(requirement: str) -> str:
    """Return the name of a requirement."""
    return requirement.split(">", maxsplit=1)[0].split("[", maxsplit=1)[0].strip()


def _run(*command: str, cwd: Path | None = None) -> str:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SLACK", "DATABASE"))
    }
    done = subprocess.run(  # noqa: S603 - our own programs
        command, cwd=cwd, capture_output=True, text=True, check=False, env=environment
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout
