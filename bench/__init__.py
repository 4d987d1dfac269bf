"""Benchmarks, simulators and the tools that make gold and data files; not part of the package."""
