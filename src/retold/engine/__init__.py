"""How stages are run: the declaration of a stage, and the executor that holds tables in memory."""
