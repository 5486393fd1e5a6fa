"""What the benchmark of rhythms takes from other programs."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import rhythm
from benchmarks.rhythm_peers import Peer


def test_a_peer_without_a_number_for_somebody_is_left_out_and_named(capsys: pytest.CaptureFixture[str]) -> None:
    whole = Peer("whole", np.array([0.0, 2.0]), 0.1)
    torn = Peer("torn", np.array([0.5, np.nan]), 0.1)

    told = rhythm.measured([whole, torn], "the shop")

    assert [one.who for one in told] == ["whole"]
    assert told[0].chance.tolist() == pytest.approx([0.0, 0.8647], abs=1e-4)
    assert capsys.readouterr().err == "torn has no number for some of the shop, and is left out.\n"
