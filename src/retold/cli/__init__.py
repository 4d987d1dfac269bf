"""The command line: parse, call, print. The only package that writes to the terminal."""
