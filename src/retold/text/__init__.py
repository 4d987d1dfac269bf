"""Plain Python over ``str``: spans, tiling, comparison keys with maps back.

Owns what can be said about characters without knowing anything of news. Knows nothing of pages, tables or stages.
"""
