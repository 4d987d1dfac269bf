"""``python -m retold``: the same as the ``retold`` command."""

from retold.cli.main import main

main()
