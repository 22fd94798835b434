"""The layers of the house hold, and what must stay lazy is lazy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import llmdeal

ROOT = Path(__file__).parents[1]
HEAVY = ("openai", "instructor", "tenacity", "jinja2", "numpy", "xllamacpp", "babel", "pydantic", "genai_prices")


def test_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", "pyproject.toml", "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("statement", ["import llmdeal", "import llmdeal.cli"])
def test_importing_loads_nothing_heavy(statement: str) -> None:
    code = f"import sys; {statement}; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_importing_every_name_loads_no_model_library() -> None:
    code = "import sys; from llmdeal import *; print(*[n for n in ('openai', 'instructor') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_public_names_are_sorted_and_exist() -> None:
    assert llmdeal.__all__ == sorted(llmdeal.__all__)
    assert [name for name in llmdeal.__all__ if not hasattr(llmdeal, name)] == []


def test_public_names_are_those_that_type_checkers_see() -> None:
    source = (ROOT / "llmdeal" / "__init__.py").read_text(encoding="utf-8")
    checked = source.split("if TYPE_CHECKING:")[1].split("__all__")[0]
    seen = {word.strip(" ,") for word in checked.splitlines() if word.startswith("        ")}
    assert seen == set(llmdeal.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarise'"):
        llmdeal.summarise  # noqa: B018  looked up, for its error
