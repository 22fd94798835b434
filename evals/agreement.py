"""Measures how far the two annotators of the gold articles agree: the ceiling of every score on them.

    python evals/agreement.py           tables, as in evals/README.md
    python evals/agreement.py --json    the same as data

The labels of one annotator are taken as an answer and scored against those of the other, and the other way round. The
answer is the first option of each label; the labels taken as right keep all their options. So the two ways differ
where one annotator allowed for more than the other, and both are given. The third figure, with the interval, is F1 of
the counts of both ways together. What either annotator has as optional and the other has not costs nothing; nor does a
leaf of a related deal, or a parent, that one of them did not label. Articles labelled with the first labels in sight
are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from llmdeal.errors import InputError
from llmdeal.evaluation import Outcome, load_articles, summarise
from llmdeal.evaluation.agreement import load_labels, score_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from llmdeal.evaluation import Figure, Figures, GoldArticle

HERE = Path(__file__).parent
# scoring.md, which both annotators had read, prints the labels of this one.
NOT_INDEPENDENT = ("openai-aws.fr",)


class Agreement(NamedTuple):
    """What was compared, the leaves that cost nothing, and the figures of each way and of both together."""

    articles: int
    stories: int
    free: int
    first_answers: Figures
    second_answers: Figures
    both: Figures


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the agreement and return the exit code."""
    options = _options(arguments)
    try:
        found = _agreement(_pairs(options), options.resamples)
    except InputError as error:
        print(f"evals/agreement.py: error: {error}", file=sys.stderr)
        return 2
    print(json.dumps(_data(found, options.leave_out), indent=2) if options.json else _tables(found, options.leave_out))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how far the two annotators of the gold articles agree.")
    parser.add_argument("--articles", type=Path, default=HERE / "articles", help="folder of gold files")
    parser.add_argument("--first", type=Path, default=HERE / "first_labels", help="folder of one annotator's labels")
    parser.add_argument("--second", type=Path, default=HERE / "second_labels", help="folder of the other's labels")
    parser.add_argument("--leave-out", nargs="*", default=NOT_INDEPENDENT, metavar="ID", help="articles to leave out")
    parser.add_argument("--resamples", type=int, default=9999, help="of the bootstrap")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args(arguments)


def _pairs(options: argparse.Namespace) -> list[tuple[GoldArticle, GoldArticle]]:
    """Return every article that both have labelled, with the labels of each."""
    articles = load_articles(options.articles)
    second = {one.id: one for one in load_labels(options.second, articles)}
    first = [one for one in load_labels(options.first, articles) if one.id not in options.leave_out]
    if not (pairs := [(one, second[one.id]) for one in first if one.id in second]):
        msg = f"{options.first} and {options.second} have no article in common"
        raise InputError(msg)
    return pairs


def _agreement(pairs: Sequence[tuple[GoldArticle, GoldArticle]], resamples: int) -> Agreement:
    ahead = [score_labels(second, first) for first, second in pairs]
    back = [score_labels(first, second) for first, second in pairs]
    return Agreement(
        articles=len(pairs),
        stories=len({first.story for first, _ in pairs}),
        free=sum(leaf.outcome is Outcome.FREE for score in (*ahead, *back) for leaf in score.leaves),
        first_answers=summarise(ahead, resamples=0),
        second_answers=summarise(back, resamples=0),
        both=summarise([*ahead, *back], resamples=resamples),
    )


def _data(found: Agreement, left_out: Sequence[str]) -> dict[str, Any]:
    ways = ("first_answers", "second_answers", "both")
    return {
        "articles": found.articles,
        "stories": found.stories,
        "free": found.free,
        "left_out": list(left_out),
        "micro": {way: _figure(getattr(found, way).micro) for way in ways},
        **{
            group: {
                key: {way: _figure(getattr(getattr(found, way), group).get(key)) for way in ways}
                for key in getattr(found.both, group)
            }
            for group in ("slots", "languages")
        },
    }


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    return {key: figure.to_dict()[key] for key in ("f1", "interval", "counts")} if figure else None


def _tables(found: Agreement, left_out: Sequence[str]) -> str:
    data = _data(found, left_out)
    lines = [
        f"{found.articles} articles of {found.stories} stories; left out: {', '.join(left_out) or 'none'}.",
        f"{found.free} leaves, both ways together, that only one side has, as optional, cost nothing.",
        "",
        "| | first answers | second answers | both ways | 95 % interval | COR | PAR | INC | one side only |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        _row("**all**", data["micro"]),
    ]
    for group in ("slots", "languages"):
        lines += [_row(key, ways) for key, ways in data[group].items()]
    return "\n".join(lines)


def _row(name: str, ways: dict[str, Any]) -> str:
    both = ways["both"]
    f1 = [_decimal(ways[way] and ways[way]["f1"]) for way in ("first_answers", "second_answers", "both")]
    interval = f"{both['interval'][0]:.3f}-{both['interval'][1]:.3f}" if both["interval"] else "n/a"
    counts = both["counts"]
    numbers = (counts["cor"], counts["par"], counts["inc"], counts["mis"] + counts["spu"])
    return f"| {' | '.join((name, *f1, interval, *map(str, numbers)))} |"


def _decimal(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


if __name__ == "__main__":
    sys.exit(main())
