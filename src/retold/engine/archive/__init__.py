"""The archive on disk: immutable checksummed parts, one manifest, one writer, many readers.

``files`` is the only way to the disk; ``manifest`` says what is in; ``lock`` and ``leases`` keep writer and readers
apart; ``snapshot`` reads, ``writer`` commits. What is computed from pages stands in ``retold.stages``.
"""
