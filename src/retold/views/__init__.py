"""Pure functions from model values to what a person or program is shown: StoryView, PageView, their JSON.

Never touches files, engines, pyarrow, duckdb or numba.
"""
