"""Compiled kernels: arrays in, arrays out, each with its plain-Python twin in ``retold.plain``."""
