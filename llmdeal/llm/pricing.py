"""What tokens cost, from the price list that genai-prices packages; nothing is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from llmdeal.usage import Usage


def cost(usage: Usage, model: str, *, provider: str | None = None, url: str | None = None) -> Decimal | None:
    """Return what ``usage`` costs.

    Args:
        usage: Tokens, cached ones included in the input.
        model: The model's name at its provider.
        provider: The provider's name, such as ``openai``.
        url: The provider's address, where the name is not known.

    Returns:
        US dollars, or None if the price list does not know the model there.

    Example:
        >>> from llmdeal.usage import Usage
        >>> cost(Usage(input_tokens=1_000_000), "gpt-4.1-mini", provider="openai")
        Decimal('0.4')
        >>> cost(Usage(input_tokens=1_000_000), "gpt-4.1-mini", url="http://127.0.0.1:8000/v1") is None
        True
    """
    import genai_prices

    tokens = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        cache_read_tokens=usage.cached_tokens,
        output_tokens=usage.output_tokens,
    )
    try:
        if provider is not None:
            return genai_prices.calc_price(tokens, model, provider_id=provider).total_price
        return genai_prices.calc_price(tokens, model, provider_api_url=url).total_price
    except LookupError:
        return None


def context_window(model: str, *, provider: str | None = None, url: str | None = None) -> int | None:
    """Return the context window of ``model`` in tokens, if the price list knows it.

    Args:
        model: The model's name at its provider.
        provider: The provider's name.
        url: The provider's address, where the name is not known.
    """
    import genai_prices

    nothing = genai_prices.Usage(input_tokens=0, output_tokens=0)
    try:
        if provider is not None:
            return genai_prices.calc_price(nothing, model, provider_id=provider).model.context_window
        return genai_prices.calc_price(nothing, model, provider_api_url=url).model.context_window
    except LookupError:
        return None
