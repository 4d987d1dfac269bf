"""Knowledge of the trade as dated TOML with sources: agencies, furniture, verbs, hedges, months, places.

Owns loading; each file's ``[about]`` says what it holds, when it was made, and where its entries are seen.
"""

from retold.lexicon.load import entries

__all__ = ["entries"]
