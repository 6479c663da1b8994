from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.errors import DamagedError
from chinai_tui.store.envelope import Form

FORM = Form("chinai/notes", 3, "tables")


def test_a_sealed_file_is_json_of_three_lines() -> None:
    data = FORM.seal(b'{"notes":{"a":{"text":"\xe5\x95\x86\xe6\xb1\xa4"}}}', generation=7)
    whole = json.loads(data)
    assert data.count(b"\n") == 3
    assert whole["format"] == "chinai/notes"
    assert (whole["schema"], whole["generation"]) == (3, 7)
    assert whole["tables"] == {"notes": {"a": {"text": "商汤"}}}


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4),
    st.integers(0, 10**12),
)
@settings(max_examples=60, deadline=None)
def test_what_was_sealed_is_unsealed(content: dict[str, str], generation: int) -> None:
    payload = json.dumps(content).encode()
    sealed = FORM.unseal(FORM.seal(payload, generation))
    assert (sealed.schema, sealed.generation, sealed.payload) == (3, generation, payload)


def test_every_truncation_is_found() -> None:
    data = FORM.seal(b'{"notes":{"a":{"text":"words"}}}', generation=7)
    for length in range(len(data)):
        with pytest.raises(DamagedError):
            FORM.unseal(data[:length])


def test_every_flipped_bit_is_found() -> None:
    data = FORM.seal(b'{"notes":{"a":{"text":"words"}}}', generation=7)
    for place in range(len(data)):
        for bit in range(8):
            damaged = bytearray(data)
            damaged[place] ^= 1 << bit
            with pytest.raises(DamagedError):
                FORM.unseal(bytes(damaged))


@pytest.mark.parametrize("extra", [b" ", b"\n", b"}", b"{}"])
def test_bytes_behind_the_end_are_found(extra: bytes) -> None:
    with pytest.raises(DamagedError):
        FORM.unseal(FORM.seal(b"{}", generation=1) + extra)


def test_a_file_of_another_format_is_refused_by_name() -> None:
    data = Form("chinai/issues", 3, "tables").seal(b"{}", generation=1)
    with pytest.raises(DamagedError, match="chinai/issues"):
        FORM.unseal(data)


def test_a_newer_schema_with_more_in_its_head_can_be_read() -> None:
    newer = Form("chinai/notes", 4, "tables").seal(b"{}", generation=9)
    assert FORM.unseal(newer).schema == 4
