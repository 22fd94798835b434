"""What holds for all tests."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from llmdeal.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

# How long an example takes says more of the machine than of the code; benchmarks measure that.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# Output is as wide as in a pipe, whatever the shell or a worker of pytest-xdist has exported.
os.environ.pop("COLUMNS", None)


@pytest.fixture(name="run")
def _run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command line in this process: its exit code, what it printed, and what it said on stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, captured.out, captured.err

    return run
