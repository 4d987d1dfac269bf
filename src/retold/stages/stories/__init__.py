"""Stories: reports grouped by the event they tell, each link with reasons a person can check.

``stage`` decides; ``profiles`` reads the tables, ``features`` and ``rarity`` say what is compared, ``scores`` how
alike two reports are, ``lending`` which day a report without one counts as of, ``grouping`` which belong together,
``again`` which are too large to be one event, ``evidence`` and ``weighing`` why. ``archive`` does the same over an
archive, build by build, with ``sketches``, ``asking`` and ``knowing``.
"""

from retold.stages.stories.stage import STAGE

__all__ = ["STAGE"]
