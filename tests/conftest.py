"""What every test may ask for: the measuring data beside the repository, and examples that never change."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).resolve().parent.parent

# The same examples on every run, and no failure because a machine was slow.
# To search further: pytest --hypothesis-profile=default
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def shared_folder() -> Path | None:
    """Return the folder of the measuring data, or None where it does not stand.

    It is `../shared` beside the repository, or what RETOLD_SHARED names. Its texts are read where they stand
    and never copied into the project.
    """
    folder = Path(os.environ.get("RETOLD_SHARED") or REPOSITORY.parent / "shared")
    return folder if (folder / "data").is_dir() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of the measuring data; skip the test where it does not stand."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("needs the measuring data: put it at ../shared or name its folder in RETOLD_SHARED")
    return folder
