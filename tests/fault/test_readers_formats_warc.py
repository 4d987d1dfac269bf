"""Archives cut at every byte and damaged in every member: what is whole is read, what is torn is named."""

import gzip
import io
import random
import resource

import pytest

from retold.readers.warc import Torn, WarcRecord, records
from tests.warc_archive import response

N_RECORDS = 50


def _bodies() -> list[bytes]:
    chance = random.Random(3)
    return [response(i, f"<p>Port {i}: {chance.randbytes(40).hex()}</p>".encode()) for i in range(N_RECORDS)]


BODIES = _bodies()
MEMBERS = [gzip.compress(body, mtime=0) for body in BODIES]


# `make test` cuts at every eighth byte, `make fault` at every one.
EVERY_BYTE = pytest.mark.parametrize(
    "start", [pytest.param(start, marks=pytest.mark.slow if start else ()) for start in range(8)]
)


def _ends(parts: list[bytes]) -> list[int]:
    ends, at = [], 0
    for part in parts:
        at += len(part)
        ends.append(at)
    return ends


def _numbers(found) -> list[str]:
    return [r.fields.get("warc-target-uri", "").rpartition("/")[2] for r in found if isinstance(r, WarcRecord)]


def _check_cut(parts: list[bytes], cut: int, *, tail: int) -> None:
    ends = _ends(parts)
    n_whole = sum(end <= cut for end in ends)
    found = list(records(io.BytesIO(b"".join(parts)[:cut])))
    numbers = _numbers(found)
    n_torn = sum(isinstance(r, Torn) for r in found)
    assert numbers[:n_whole] == [str(i) for i in range(n_whole)]
    # A record whose content is whole may be read although its end mark (4 bytes, of a member its sum) is cut.
    missing = ends[n_whole] - cut if n_whole < len(parts) else 0
    assert len(numbers) - n_whole in ((0, 1) if 0 < missing <= tail else (0,))
    is_at_border = cut in (0, *ends)
    assert n_torn == (0 if is_at_border else 1) or (len(numbers) > n_whole and n_torn <= 1)


@EVERY_BYTE
def test_a_plain_archive_cut_at_every_byte(start):
    for cut in range(start, len(b"".join(BODIES)) + 1, 8):
        _check_cut(BODIES, cut, tail=4)


@EVERY_BYTE
def test_a_packed_archive_cut_at_every_byte(start):
    for cut in range(start, len(b"".join(MEMBERS)) + 1, 8):
        _check_cut(MEMBERS, cut, tail=20)


@pytest.mark.parametrize("parts", [BODIES, MEMBERS], ids=["plain", "packed"])
def test_one_damaged_byte_costs_one_record(parts):
    whole = b"".join(parts)
    start = _ends(parts)[24]
    for at in range(start, start + len(parts[25])):
        damaged = bytearray(whole)
        damaged[at] ^= 0x5A
        assert len(_numbers(records(io.BytesIO(bytes(damaged))))) >= N_RECORDS - 1, at


@pytest.mark.parametrize("parts", [BODIES, MEMBERS], ids=["plain", "packed"])
def test_a_stretch_taken_out_costs_what_it_touched(parts):
    whole, start = b"".join(parts), _ends(parts)[24]
    for size in (1, 7, 100, 300):
        found = _numbers(records(io.BytesIO(whole[: start + 20] + whole[start + 20 + size :])))
        assert len(found) >= N_RECORDS - 2


def test_rubbish_is_no_archive_and_ends():
    chance = random.Random(5)
    for begin in (
        b"WARC/1.0\r\n",
        gzip.compress(b"WARC/1.0\r\n")[:20],
        b"WARC/1.0\r\nA:" * 50_000,
        b"\x1f\x8b\x08" * 50_000,
    ):
        found = list(records(io.BytesIO(begin + chance.randbytes(300_000))))
        assert not _numbers(found)
        assert found


def test_memory_stays_bounded_on_a_long_archive():
    class Endless(io.RawIOBase):
        left = 400 << 20

        def read(self, size=-1):
            self.left -= size
            return bytes(size) if self.left > 0 else b""

    class Rest:
        def __init__(self):
            self.first = response(1, b"<p>x</p>") + b"WARC/1.0\r\nContent-Length: 9999999999\r\n\r\n"
            self.rest = Endless()

        def read(self, size):
            first, self.first = self.first, b""
            return first or self.rest.read(size)

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(list(records(Rest()))) == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
