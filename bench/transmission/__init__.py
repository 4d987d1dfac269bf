"""Made transmissions: real articles as wire copies handed down random trees of carriers, with the exact truth.

The one maker of the simulator. ``articles`` reads the measuring data (at run time, never copied), ``lines`` are
sentences whose every word knows where it comes from, ``edits`` and ``styles`` change them, ``planted`` holds invented
sentences that a cut can break, ``tree`` hands the text down, ``rows`` writes tables, ``truth`` says what is to be
found, the ``score_`` modules count what was found. Run: ``python -m bench.transmission --help``.
"""
