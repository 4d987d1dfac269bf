"""Prints the reference page of all tables: ``python -m retold.tables > docs/tables.md``."""

import sys

from retold.tables.meanings import docs_page

if __name__ == "__main__":
    sys.stdout.write(docs_page())
