"""A verdict of the gate as JUnit XML, which every continuous integration can show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from llmdeal.evaluation.answers import Scored
    from llmdeal.evaluation.changes import Change
    from llmdeal.evaluation.gate import Verdict

__all__ = ["junit_xml"]

# What XML 1.0 cannot hold, not even escaped; control characters that it could hold are no use to anybody either.
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(verdict: Verdict) -> bytes:
    """Write a verdict as JUnit XML.

    Args:
        verdict: What the gate said.

    Returns:
        The document in UTF-8: a test case for each gated figure and for each article. A figure's fails where it
        regressed; an article's only where the gate fails as a whole and the article has part in it, so that the report
        is red exactly when the gate is. What an article lost or gained otherwise is in its output.
    """
    root = ET.Element("testsuites")
    _figures(ET.SubElement(root, "testsuite", name="gated figures"), verdict)
    _articles(ET.SubElement(root, "testsuite", name="articles"), verdict)
    for suite in root:
        suite.set("tests", str(len(suite.findall("testcase"))))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _figures(suite: ET.Element, verdict: Verdict) -> None:
    for gated in verdict.gated:
        case = _case(suite, "llmdeal.gate", gated.comparison.figure)
        if gated.regressed:
            _put(case, "failure", str(gated.comparison), message="regressed")
        else:
            _put(case, "system-out", str(gated.comparison))


def _articles(suite: ET.Element, verdict: Verdict) -> None:
    bad, good = _by_article(verdict.pairing.changes.bad), _by_article(verdict.pairing.changes.good)
    for name in dict.fromkeys(one.answered.id for one in verdict.after):
        case = _case(suite, "llmdeal.articles", name)
        missing = [f"not in the text: {path}" for path in verdict.ungrounded.get(name, ())]
        wrong = [*missing, *map(_told, bad.get(name, ()))]
        rest = [*_failures(verdict.after, name), *map(_told, good.get(name, ()))]
        if wrong and not verdict.passed:
            _put(case, "failure", "\n".join(wrong), message=_message(wrong))
        else:
            rest += wrong
        if rest:
            _put(case, "system-out", "\n".join(rest))


def _case(suite: ET.Element, group: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=group, name=_legal(name))


def _put(case: ET.Element, tag: str, text: str, **attributes: str) -> None:
    ET.SubElement(case, tag, attributes).text = _legal(text)


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)


def _message(wrong: list[str]) -> str:
    return f"{len(wrong)} facts are worse than in the baseline" if len(wrong) > 1 else "a fact is worse"


def _told(change: Change) -> str:
    return f"{change}\n    {change.sentence}" if change.sentence else str(change)


def _failures(scored: Iterable[Scored], name: str) -> list[str]:
    found = (one.answered.failure for one in scored if one.answered.id == name)
    return [f"no answer: {failure}" for failure in found if failure is not None]


def _by_article(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.article, []).append(change)
    return found
