"""Readers: from paths and bytes to pages, with their runs, blocks and what they declare of themselves.

``read`` is the entry; ``paths`` finds the sources, ``formats`` tells which reader a file belongs to (``warc``,
``feeds``, ``wire``, ``records``); ``items`` are what files hold, unread; ``single`` makes one page: ``decode`` makes
text of bytes, ``plain_text`` and ``html`` lay it out in blocks, ``declared`` collects metadata, ``characters`` checks
by a second tokenizer that nothing is lost.
Nothing here judges what a text is about: that is the work of the stages.
"""

from retold.readers.read import ReadPage, items_in, iter_pages, map_items, read_item, read_paths, read_source

__all__ = ["ReadPage", "items_in", "iter_pages", "map_items", "read_item", "read_paths", "read_source"]
