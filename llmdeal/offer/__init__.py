"""What is on offer for each slot, where a schema is made for one article.

What is offered is narrower than what grounding takes: the model cannot choose what could not be right.
"""

from __future__ import annotations

from llmdeal.offer.gathering import offer_of
from llmdeal.offer.kinds import Offer, OfferedRelated

__all__ = ["Offer", "OfferedRelated", "offer_of"]
