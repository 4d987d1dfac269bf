"""``retold show``: a story of an archive, or the stories of pages, whole or in one of its parts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retold.cli.archive import AsJson, is_archive
from retold.cli.terminal import say, styled, warn

if TYPE_CHECKING:
    from retold.pipeline import Retelling
    from retold.views.story_view import StoryView


def show(
    asked: Annotated[
        list[str],
        typer.Argument(help="an archive and stories of it (ids, or reports); or pages", metavar="ARCHIVE STORY..."),
    ],
    lineage: Annotated[bool, typer.Option("--lineage", help="only the lineage, as a tree")] = False,
    collate: Annotated[bool, typer.Option("--collate", help="only the collation, in two columns")] = False,
    hide_trivial: Annotated[
        bool, typer.Option("--hide-trivial", help="with --collate: no unchanged sentences, spelling and house style")
    ] = False,
    timeline: Annotated[bool, typer.Option("--timeline", help="only the timeline of the entity")] = False,
    entity: Annotated[str | None, typer.Option("--entity", help="whose timeline to tell", metavar="NAME")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell one story of an archive, or those of pages; or only its lineage, its collation, or an entity's timeline."""
    if timeline or entity is not None:
        _show_entity(asked, entity, as_json=as_json)
        return
    told = _told(asked)
    for item in told.rejected:
        warn(item.reason)
    if as_json:
        from retold.views.json_view import story_json

        for view in told.stories:
            print(json.dumps(story_json(view), ensure_ascii=False))
        return
    from retold.pipeline import largest_first

    for i, view in enumerate(largest_first(told.stories)):
        if i:
            say("\n" + "─" * 60 + "\n")
        _print_view(view, lineage=lineage, collate=collate or hide_trivial, hide_trivial=hide_trivial)


def _told(asked: Sequence[str]) -> Retelling:
    """Return the stories asked for, of an archive or of pages.

    Raises NoStoryNamedError where an archive is named and no story of it, and what ``retell`` raises.
    """
    from retold.cli.archive import told_from
    from retold.pipeline import retell

    return told_from(asked) or retell(*asked, stdin=sys.stdin.buffer.read() if "-" in asked else None)


def _print_view(view: StoryView, *, lineage: bool, collate: bool, hide_trivial: bool) -> None:
    from retold.cli.card import print_story
    from retold.cli.lineage import print_lineage
    from retold.views.card import card_of

    if not lineage and not collate:
        print_story(view)
        return
    say(styled(view.story.title, "bold"))
    say(styled(card_of(view), "green"))
    if lineage:
        print_lineage(view)
    if collate:
        from retold.cli.columns import print_columns

        say()
        print_columns(view, hide_trivial=hide_trivial)


def _show_entity(asked: Sequence[str], entity: str | None, *, as_json: bool) -> None:
    """Print the timeline of one entity: of the stories named, else of every story with a report that has the name."""
    from retold.cli.entity_timeline import tell_entity

    if entity is None:
        raise typer.BadParameter("say whose timeline with --entity NAME")
    if len(asked) > 1 or not is_archive(asked[0]):
        tell_entity(_told(asked).stories, entity, as_json=as_json)
        return
    from retold.archives.listing import Wanted, stories_in
    from retold.archives.telling import stories_told

    archive = Path(asked[0])
    wanted = Wanted(None, None, None, None, 1, 1, f'"{entity}"')
    stories = [row.story for row in stories_in(archive, wanted)]
    tell_entity(stories_told(archive, stories) if stories else (), entity, as_json=as_json)
