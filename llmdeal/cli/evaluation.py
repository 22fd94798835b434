"""``llmdeal eval``: measure prompts and models on labelled articles."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  typer resolves it at run time
from typing import Annotated

import typer

from llmdeal.cli.evaluation_judge import judge
from llmdeal.cli.evaluation_options import Articles, SavedRun, articles_in, scored_run
from llmdeal.cli.evaluation_run import run
from llmdeal.cli.failures import NO_ANSWER
from llmdeal.cli.options import AsJson  # noqa: TC001  typer resolves them at run time
from llmdeal.cli.terminal import note, show, to_json, write

__all__ = ["app"]

app = typer.Typer(help="Measure prompts and models on labelled articles.", rich_markup_mode=None)
app.command("run")(run)
app.command("judge")(judge)


@app.command("score")
def score(saved: SavedRun, *, articles: Articles = None, as_json: AsJson = False) -> None:
    """Score a saved run again, without the model."""
    results = scored_run(saved, articles_in(articles))
    if as_json:
        write(f"{to_json(results.to_dict())}\n")
        return
    from llmdeal.cli.evaluation_tables import figures_table, headline

    figures = results.figures()
    write(f"{headline(results)}\n")
    for title, group in (("Slot", figures.slots), ("Language", figures.languages)):
        write("\n")
        show(figures_table(title, group))


@app.command("compare")
def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help="A saved run.")],
    after: Annotated[Path, typer.Argument(metavar="AFTER", help="Another, over the same articles.")],
    *,
    articles: Articles = None,
    figure: Annotated[
        list[str] | None,
        typer.Option(metavar="FIGURE", help="f1, exact_records, invention_rate, f1:SLOT, ...; repeatable."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two saved runs, paired over the articles that both have."""
    from llmdeal.evaluation import measure, pair_runs, pair_slots

    for name in figure or ():
        try:
            measure(name)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    gold = articles_in(articles)
    first, second = scored_run(before, gold).scored, scored_run(after, gold).scored
    pairing = pair_runs(first, second, figure) if figure else pair_runs(first, second)
    slots = pair_slots(first, second)
    if as_json:
        from llmdeal.evaluation.pairing import comparison_to_dict

        by_slot = {slot: comparison_to_dict(one) for slot, one in slots.items()}
        write(f"{to_json({**pairing.to_dict(), 'slots': by_slot})}\n")
        return
    from llmdeal.cli.evaluation_tables import comparison_table

    for warning in pairing.warnings:
        note(f"warning: {warning}")
    write("".join(f"{comparison}\n" for comparison in pairing.comparisons.values()))
    write("\n")
    show(comparison_table(slots))
    write("".join(f"{line}\n" for line in ("", *pairing.changes.lines())))


@app.command("gate")
def gate(
    saved: SavedRun,
    *,
    baseline: Annotated[Path, typer.Option(metavar="RUN", help="The saved run that was accepted.")],
    articles: Articles = None,
    as_json: AsJson = False,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the verdict as JUnit XML too.")] = None,
    markdown: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it as Markdown, for a pull request; - for standard output."),
    ] = None,
) -> None:
    """Tell whether a saved run is worse than an accepted one, and not by luck: the exit code is then 1."""
    aloud = str(markdown) == "-"
    if aloud and as_json:
        msg = "--json and --markdown - both print to standard output: give one of them"
        raise typer.BadParameter(msg)
    from llmdeal.evaluation import gate_markdown, gate_runs, gate_to_dict, junit_xml, load_run

    verdict, results = gate_runs(load_run(baseline), load_run(saved), articles_in(articles))
    if junit is not None:
        junit.write_bytes(junit_xml(verdict))
    if markdown is not None and not aloud:
        markdown.write_text(gate_markdown(verdict), encoding="utf-8")
    if aloud:
        write(gate_markdown(verdict))
    elif as_json:
        write(f"{to_json(gate_to_dict(verdict, results))}\n")
    else:
        for warning in (*results.warnings, *verdict.pairing.warnings):
            note(f"warning: {warning}")
        write("".join(f"{line}\n" for line in verdict.lines()))
    if not verdict.passed:
        raise typer.Exit(NO_ANSWER)


@app.command("report")
def report(
    saved: SavedRun,
    *,
    against: Annotated[Path | None, typer.Option(metavar="RUN", help="An earlier run, to show what changed.")] = None,
    articles: Articles = None,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="The HTML file to write.")],
) -> None:
    """Write a report for people: one HTML file that needs no network."""
    from llmdeal.evaluation.html import html_report

    gold = articles_in(articles)
    after = scored_run(saved, gold)
    before = scored_run(against, gold).scored if against else ()
    out.write_text(html_report(after.scored, before, title=after.run.about.title), encoding="utf-8")
    write(f"{out}\n")
