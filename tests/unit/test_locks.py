"""The locks name every dependency, agree with each other, and tell nothing about where they were made."""

import re
import tomllib

import pytest

from tests.conftest import REPOSITORY

LOCKS = ["run.lock", "dev.lock", "bench.lock"]


def lines(lock: str) -> list[str]:
    return (REPOSITORY / "locks" / lock).read_text(encoding="utf-8").splitlines()


def pins(lock: str) -> dict[str, str]:
    """Version by package name."""
    found = (re.match(r"([a-z0-9-]+)==(\S+)", line) for line in lines(lock))
    return {match[1]: match[2] for match in found if match}


def names(requirements: list[str | dict[str, str]]) -> set[str]:
    return {re.split(r"[<>=!~ ;\[]", requirement)[0] for requirement in requirements if isinstance(requirement, str)}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    pin = re.compile(r"[a-z0-9-]+==[0-9][^ /@]*( ; [^/@]+)? \\")
    sha = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    odd = [line for line in lines(lock) if not (line.startswith("#") or pin.fullmatch(line) or sha.fullmatch(line))]
    assert odd == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_place(lock: str) -> None:
    assert [line for line in lines(lock) if "/" in line] == []


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    run = names(project["project"]["dependencies"]) | names(groups["build"])
    assert run - pins("run.lock").keys() == set()
    assert names(groups["dev"]) - pins("dev.lock").keys() == set()
    assert names(groups["bench"]) - pins("bench.lock").keys() == set()


def test_dev_lock_holds_the_run_lock() -> None:
    dev = pins("dev.lock")
    assert {name: dev.get(name) for name in pins("run.lock")} == pins("run.lock")


def test_bench_lock_holds_the_dev_lock() -> None:
    bench = pins("bench.lock")
    assert {name: bench.get(name) for name in pins("dev.lock")} == pins("dev.lock")
