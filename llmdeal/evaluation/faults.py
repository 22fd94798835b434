"""What the evaluation raises on purpose, below ``llmdeal.errors.InputError``."""

from __future__ import annotations

from typing import Final

from llmdeal.errors import InputError

__all__ = ["ComparisonError", "ExtraMissingError", "GoldError"]

_HINT: Final = "pip install 'llmdeal[evals]'"


class GoldError(InputError):
    """A gold file cannot be used; each line of the message names a file, a place in it and what is wrong."""


class ComparisonError(InputError):
    """Two runs cannot be compared."""


class ExtraMissingError(InputError):
    """A library that evaluation needs is not installed.

    Args:
        library: Its name.

    Example:
        >>> print(ExtraMissingError("scipy"))
        Evaluation needs scipy, which is not installed: pip install 'llmdeal[evals]'
    """

    def __init__(self, library: str) -> None:
        super().__init__(f"Evaluation needs {library}, which is not installed: {_HINT}")
