"""What is not loaded: few pages run without numba, duckdb or pyarrow, and --help without any of the stages."""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import REPOSITORY

HEAVY = ("numba", "duckdb", "pyarrow")


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(' '.join(sys.modules), file=sys.stderr)"],
        capture_output=True,
        check=False,
        cwd=REPOSITORY,
    )
    return set(done.stderr.decode().split())


def test_few_pages_load_no_heavy_library():
    loaded = loaded_after("import retold; retold.retell('examples/harbour')")
    assert "retold.stages.collation" in loaded
    assert not loaded & set(HEAVY)


def test_help_loads_no_stage():
    loaded = loaded_after("from retold.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass")
    assert "typer" in loaded
    assert not {name for name in loaded if name.startswith(("retold.stages", "retold.readers", "selectolax"))}
    assert not loaded & set(HEAVY)
