"""``retold outlets``: what each outlet of an archive does with texts of others, as a card, JSON or CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retold.cli.archive import Archive, AsCsv, AsJson, day_of
from retold.cli.terminal import clean, say, say_wrapped, styled

if TYPE_CHECKING:
    from retold.exports.csv_cells import Cell
    from retold.model.story import EditKind
    from retold.views.outlets import OutletProfile


def outlets(
    archive: Archive,
    since: Annotated[str | None, typer.Option(help="stories with a report on this day or later")] = None,
    until: Annotated[str | None, typer.Option(help="stories with a report on this day or earlier")] = None,
    least: Annotated[int, typer.Option(help="reports to compare before a share is told", min=1)] = 5,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Tell what each outlet takes from others: how much, from whom, credited or not, and what it changes."""
    from retold.archives.outlets import outlet_profiles

    found = outlet_profiles(Path(archive), since=since and day_of(since), until=until and day_of(until))
    if as_csv:
        _print_csv(found, least)
    elif as_json:
        for profile in found:
            print(json.dumps(profile.as_json(least), ensure_ascii=False))
    else:
        for profile in found:
            _print_profile(profile, least)
    if not found:
        typer.echo(f"retold: '{archive}' has no story in these days", err=True)
        raise typer.Exit(1)


def _print_profile(profile: OutletProfile, least: int) -> None:
    """Print the card of one outlet."""
    from retold.model.story import Derivation

    reports = _counted(profile.n_reports, "report")
    stories = f"{profile.n_stories} {'story' if profile.n_stories == 1 else 'stories'}"
    say(f"{styled(profile.outlet, 'bold')}  {reports} in {stories}")
    shares = profile.shares(least)
    told = [
        f"{kind.value} derived {profile.derivation[kind]}" + (f" ({shares[kind]:.0%})" if shares else "")
        for kind in Derivation
    ]
    few = "" if shares else f"; too few for shares, which are told from {least} on"
    alone = f"; {profile.n_alone} more with nothing to compare them with" if profile.n_alone else ""
    _say_row("text", f"{', '.join(told)}, of {profile.n_compared}{few}{alone}")
    if profile.sources:
        _say_row("from", "; ".join(_source_told(profile, i) for i in range(len(profile.sources))))
    if n_places := sum(n for name, n in profile.places.items() if name != "added"):
        told = [f"{name} {profile.places[name]}" for name in _told_first(profile.places)]
        _say_row("does", f"{', '.join(told)}, of {_counted(n_places, 'sentence')} its sources are known to have had")
    if profile.kinds:
        _say_row("edits", ", ".join(f"{kind.value} {profile.kinds[kind]}" for kind in _most_first(profile.kinds)))


def _say_row(name: str, told: str) -> None:
    say_wrapped(f"{name:<6} {told}", indent="         ", first="  ")


def _source_told(profile: OutletProfile, i: int) -> str:
    source = profile.sources[i]
    kind = "" if source.kind.value in source.name else f" ({source.kind.value})"
    wholly = f", {source.wholly} wholly" if source.partly else ", wholly"
    wholly = wholly if source.wholly else ", partly"
    return f"{clean(source.name)}{kind} {source.reports}{wholly}, {source.credited} credited"


def _told_first(places: Mapping[str, int]) -> list[str]:
    return [name for name in places if places[name] and name != "added"] + (["added"] if places.get("added") else [])


def _most_first(counted: Mapping[EditKind, int]) -> list[EditKind]:
    return sorted((kind for kind in counted if counted[kind]), key=lambda kind: (-counted[kind], kind))


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _print_csv(found: Sequence[OutletProfile], least: int) -> None:
    from retold.exports.csv_cells import table_text
    from retold.model.story import Derivation, EditKind
    from retold.views.outlets import PLACES

    columns = ["outlet", "reports", "stories", "alone", "wholly", "partly", "not"]
    columns += ["share_wholly", "share_partly", "share_not", "credited", "not_credited", "sources"]
    columns += [*PLACES, *(f"edits: {kind.value}" for kind in EditKind)]
    rows: list[Sequence[Cell]] = []
    for one in found:
        shares = one.shares(least)
        rows.append(
            [
                *(one.outlet, one.n_reports, one.n_stories, one.n_alone),
                *(one.derivation[kind] for kind in Derivation),
                *(shares[kind] if shares else None for kind in Derivation),
                *(one.n_credited, one.n_derived - one.n_credited),
                " | ".join(f"{s.name}: {s.reports} ({s.credited} credited)" for s in one.sources),
                *(one.places[name] for name in PLACES),
                *(one.kinds.get(kind, 0) for kind in EditKind),
            ]
        )
    sys.stdout.write(table_text(columns, rows))
