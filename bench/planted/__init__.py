"""A corpus of news pages with planted copies, of any size, and the scorers that hold an engine to its exact truth."""
