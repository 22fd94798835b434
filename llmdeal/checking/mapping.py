"""A mapping: as what the leaves of another tool's JSON are to be checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from llmdeal.checking.report import LeafKind
from llmdeal.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["LeafMapping", "Rule", "Step", "read_mapping", "written"]

Step = str | int
"""A key of an object, or a position in a list."""

_KINDS: Final = tuple(kind for kind in LeafKind if kind not in {LeafKind.CURRENCY, LeafKind.EVIDENCE})
_PATH = re.compile(r"""\.?(?:(?P<key>[^.\[\]"]+)|\[(?:(?P<at>\d+|\*)|"(?P<quoted>[^"]*)")\])""")
_PLAIN_KEY = re.compile(r"[^.\[\]\"\s]+")
_ANY: Final = "*"
_LARGEST_SCALE: Final = 10**15


@dataclass(frozen=True, slots=True)
class Rule:
    """How to check the leaves at a path.

    Args:
        kind: As what.
        currency: For an amount, the key beside it that holds its currency, or an ISO 4217 code.
        scale: For an amount or a number, what one of it is: 1000000 where figures are in millions.
    """

    kind: LeafKind
    currency: str | None = None
    scale: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class LeafMapping:
    """Rules by path; the longest path that leads to a leaf counts, and of those the one with fewest wildcards.

    Args:
        rules: Each a path, as its steps, and the rule for everything at and below it.

    Example:
        >>> mapping = LeafMapping.of({"deal.price": {"kind": "amount", "currency": "ccy"}, "meta": "ignore"})
        >>> mapping.rule_at(("deal", "price")).currency, mapping.rule_at(("meta", "model", 0)).kind.value
        ('ccy', 'ignore')
        >>> mapping.rule_at(("deal", "buyer"))
    """

    rules: tuple[tuple[tuple[Step, ...], Rule], ...] = ()

    @classmethod
    def of(cls, data: Any) -> LeafMapping:  # noqa: ANN401  whatever a file holds
        """Read a mapping from plain data.

        Args:
            data: For each JSON path (``deal.price``, ``parties[*].name``, ``$.a["b c"]``) its kind, or an object with
                ``kind`` and, for amounts, ``currency`` (a key beside it, or an ISO 4217 code) and ``scale``.

        Raises:
            InputError: It is no such data.
        """
        if not isinstance(data, dict):
            msg = "A mapping is an object: a JSON path for each key, a kind for each value."
            raise InputError(msg)
        return cls(tuple((_steps(path), _rule(path, said)) for path, said in data.items()))

    def rule_at(self, path: Sequence[Step]) -> Rule | None:
        """Return the rule for a leaf, or None where there is none.

        Args:
            path: The steps from the root to the leaf.
        """
        fitting = [(steps, rule) for steps, rule in self.rules if _leads_to(steps, path)]
        if not fitting:
            return None
        return max(fitting, key=lambda one: (len(one[0]), -one[0].count(_ANY)))[1]


def read_mapping(path: Path) -> LeafMapping:
    """Read a mapping from a YAML or JSON file.

    Args:
        path: The file.

    Raises:
        InputError: It cannot be read, or holds no mapping.
    """
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The mapping {path} cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})."
        raise InputError(msg) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        msg = f"The mapping {path}{where} is neither YAML nor JSON."
        raise InputError(msg) from error
    try:
        return LeafMapping.of(data)
    except InputError as error:
        msg = f"{path}: {error}"
        raise InputError(msg) from error


def written(path: Sequence[Step]) -> str:
    """Return a path as people write it, ``$`` for the root.

    Args:
        path: Its steps.

    Example:
        >>> written(("deal", "parties", 0, "name")), written(("a b", 1)), written(())
        ('deal.parties[0].name', '["a b"][1]', '$')
    """
    pieces = []
    for step in path:
        if isinstance(step, int):
            pieces.append(f"[{step}]")
        elif _PLAIN_KEY.fullmatch(step):
            pieces.append(f".{step}" if pieces else step)
        else:
            pieces.append(f'["{step}"]')
    return "".join(pieces) or "$"


def _steps(path: Any) -> tuple[Step, ...]:  # noqa: ANN401  whatever a file holds
    text = str(path).removeprefix("$")
    steps: list[Step] = []
    place = 0
    while place < len(text):
        match = _PATH.match(text, place)
        if match is None:
            msg = f'{path!r} is no JSON path: write it as deal.price, parties[*].name or $.a["b c"].'
            raise InputError(msg)
        at = match["at"]
        steps.append(int(at) if at and at != _ANY else at or match["quoted"] or match["key"] or "")
        place = match.end()
    return tuple(steps)


def _rule(path: Any, said: Any) -> Rule:  # noqa: ANN401  whatever a file holds
    fields = said if isinstance(said, dict) else {"kind": said}
    unknown = set(map(str, fields)) - {"kind", "currency", "scale"}
    if unknown:
        msg = f"{path!r} has {', '.join(sorted(unknown))}: allowed are kind, currency and scale."
        raise InputError(msg)
    if fields.get("kind") not in _KINDS:
        msg = f"{path!r} has the kind {fields.get('kind')!r}: it is one of {', '.join(_KINDS)}."
        raise InputError(msg)
    currency, scale = fields.get("currency"), fields.get("scale", 1)
    if not isinstance(currency, str | None):
        msg = f"{path!r} has the currency {currency!r}: give the key that holds it, or a code such as USD."
        raise InputError(msg)
    if isinstance(scale, bool) or not isinstance(scale, int | float) or not 0 < scale <= _LARGEST_SCALE:
        msg = f"{path!r} has the scale {scale!r}: give a number such as 1000000."
        raise InputError(msg)
    return Rule(LeafKind(fields["kind"]), currency, Decimal(str(scale)))


def _leads_to(steps: Sequence[Step], path: Sequence[Step]) -> bool:
    pairs = zip(steps, path, strict=False)
    return len(steps) <= len(path) and all(step in (_ANY, taken) for step, taken in pairs)
