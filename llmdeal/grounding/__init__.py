"""Grounding: a draft and its document become a summary. Pure, and total on every draft that validates."""

from llmdeal.grounding.ground import Grounding, ground
from llmdeal.grounding.prose import Fault, ProseCheck, unmarked

__all__ = ["Fault", "Grounding", "ProseCheck", "ground", "unmarked"]
