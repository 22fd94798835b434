"""Tokens that a provider reports for one or more calls."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, NonNegativeInt


class Usage(BaseModel):
    """Tokens of one or more calls, as the provider counted them.

    Args:
        input_tokens: Tokens of the prompts, cached ones included.
        cached_tokens: The part of ``input_tokens`` that the provider took from its prefix cache.
        output_tokens: Tokens that the model wrote.

    Example:
        >>> Usage(input_tokens=10, output_tokens=2) + Usage(input_tokens=5, cached_tokens=4)
        Usage(input_tokens=15, cached_tokens=4, output_tokens=2)
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    input_tokens: NonNegativeInt = 0
    cached_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0

    def __add__(self, other: Usage) -> Usage:
        """Return the sum, counter by counter."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )
