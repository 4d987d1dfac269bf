"""The plain-Python definition of every kernel; what small inputs run on."""
