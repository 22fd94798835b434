"""Asking models: the only home of openai, instructor, tenacity and llama.cpp, all of which are imported at first use.

client = connect(Settings(model="embedded"))
answer = await client.ask(Request(messages, response_model))
"""

from __future__ import annotations

from llmdeal.llm.choosing import OPENAI_DEFAULT, connect, is_embedded
from llmdeal.llm.counting import estimate_tokens
from llmdeal.llm.fake import FakeLLM
from llmdeal.llm.recording import Recording
from llmdeal.llm.request import LLM, Answer, Message, Request
from llmdeal.llm.settings import Settings

__all__ = [
    "LLM",
    "OPENAI_DEFAULT",
    "Answer",
    "FakeLLM",
    "Message",
    "Recording",
    "Request",
    "Settings",
    "connect",
    "estimate_tokens",
    "is_embedded",
]
