"""The wheel, installed into an environment of its own and used outside the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | variables
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", name="wheel")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    return folder / run(sys.executable, "-c", build, folder, cwd=ROOT).split()[-1]


@pytest.fixture(scope="module", name="installed")
def _installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and everything else from the one that runs the tests."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "-q", wheel, cwd=folder)
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    # Only the packages of that environment: an editable install's own .pth would lead back into the checkout.
    (site / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder


def test_it_holds_the_package_its_prompts_and_its_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    held = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "llmdeal").rglob("*")
        if path.suffix in {".py", ".toml", ".typed", ".css", ".js", ".jinja"}
    }
    prompts = {f"llmdeal/prompts/{path.name}" for path in (ROOT / "prompts").iterdir() if path.is_file()}
    assert held == package | prompts
    assert "llmdeal/py.typed" in held
    assert {"llmdeal/prompts/deal.v1.jinja", "llmdeal/prompts/deal.v1.examples.yaml"} <= held
    assert {f"llmdeal/readers/languages/{code}.toml" for code in ("en", "fr", "de", "es")} <= held
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_command_line_works(installed: Path) -> None:
    command = installed / "venv" / "bin" / "llmdeal"
    assert run(command, "--version", cwd=installed).startswith("llmdeal 0.")
    assert json.loads(run(command, "schema", cwd=installed))["title"].startswith("Result")
    assert "deal.v1" in run(command, "prompt", "list", cwd=installed)
    article = installed / "article.txt"
    article.write_text("Un accord de 38 milliards de dollars sur cinq ans.", encoding="utf-8")
    mentions = json.loads(run(command, "mentions", "--json", "--language", "fr", article, cwd=installed))
    assert [mention["mark"] for mention in mentions] == ["a1", "t1"]


CODE = """
from pathlib import Path
import llmdeal
from llmdeal.llm import FakeLLM
from llmdeal.prompts import find_prompt

package = Path(llmdeal.__file__).parent
assert find_prompt("deal").path.parent == package / "prompts", find_prompt("deal").path
answer = {"sentence": "s1", "deal_type": "supply", "status": "agreed", "value": "a1"}
result = llmdeal.summarize("OpenAI va payer 38 milliards de dollars.", llm=FakeLLM([answer]))
print(package.parent)
print(result.deal.value)
"""


def test_the_library_works_from_where_it_is_installed(installed: Path) -> None:
    python = installed / "venv" / "bin" / "python"
    where, value = run(python, "-c", CODE, cwd=installed).splitlines()
    assert Path(where).is_relative_to(installed)
    assert value == "USD 38,000,000,000"
