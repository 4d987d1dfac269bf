"""Functions for workers to run: well-behaved ones, and ones that hang, swell and die."""

import ctypes
import os
import re
import signal
import sys
import time


def double(number):
    return number * 2


def process_id(_):
    return os.getpid()


def slow_first(number):
    time.sleep(0.5 if number == 0 else 0)
    return number


def misbehave(what):
    """Do as told; a number is doubled."""
    if isinstance(what, int):
        return what * 2
    match what:
        case "sleep":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "spin in a library":  # exponential, and holds the interpreter
            return re.match(r"(a+)+$", "a" * 60 + "b") is None
        case "deaf":
            signal.signal(signal.SIGALRM, signal.SIG_IGN)
            signal.signal(signal.SIGPROF, signal.SIG_IGN)
            time.sleep(600)
        case "swell":
            held = []
            while True:
                held.append(b"x" * 1_000_000)
        case "swell at once":
            return len(bytearray(1 << 40))
        case "exit":
            os._exit(7)
        case "leave":
            sys.exit("enough")
        case "crash":
            return ctypes.string_at(0)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError("no such\nport")
        case "unpicklable":
            return lambda: None
        case "deep":
            nested = []
            for _ in range(100_000):
                nested = [nested]
            return nested
        case "print":
            sys.stdout.write("noise\n" * 10_000)
            os.write(1, b"noise")
            return "printed"
    raise AssertionError(what)


def read_or_hang(item):
    """Read an item as readers do; hang, die or fail where its text says so."""
    from retold.readers import read_item

    raw = getattr(item, "raw", b"")
    for what in ("spin", "crash", "raise", "swell"):
        if f"please {what}".encode() in raw:
            return misbehave(what)
    return read_item(item)
