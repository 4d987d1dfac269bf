"""The frozen values that stages exchange and the API returns.

Each class that is a row of a table says so in its first line; the table's schema stands in ``retold.tables``.
All spans are half-open code points of the page's text. Imports nothing but the standard library and ``retold.text``.
"""
