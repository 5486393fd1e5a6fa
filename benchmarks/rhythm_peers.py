"""Other programs that foretell contact, each in a python of its own: `lifetimes`, and `pymc-marketing` where it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ampersand.readings.rhythm.formulas import Floats
from ampersand.readings.rhythm.state import States
from benchmarks.peer_pythons import python_with

LIFETIMES = "lifetimes==0.11.3"
# How long one set may take a peer: it is left out where it takes longer.
_SECONDS_MAX = 1_800
_BEFORE = """
import os, sys, warnings
warnings.filterwarnings("ignore")
import numpy as np
told = np.load(sys.argv[1])
x, span, known, ahead = told["x"], told["span"], told["known"], float(told["ahead"])
out = {}
def spent():
    # What was compiled in other processes too.
    return sum(os.times()[:4])
def tried(name, ask):
    try:
        began = spent()
        expected = np.ravel(ask())
        out[name], out[name + "_seconds"] = expected, spent() - began
    except Exception as error:
        print(name, "did not converge:", str(error)[:60].splitlines()[:1], file=sys.stderr)
"""
_LIFETIMES = """
import lifetimes
def ask(name):
    fitted = getattr(lifetimes, name)().fit(x, span, known)
    return fitted.conditional_expected_number_of_purchases_up_to_time(ahead, x, span, known)
for name in ("BetaGeoFitter", "ModifiedBetaGeoFitter", "ParetoNBDFitter"):
    tried(name, lambda: ask(name))
"""
_PYMC = """
import logging
logging.disable(logging.CRITICAL)
import pandas
from pymc_marketing import clv
data = pandas.DataFrame({"customer_id": np.arange(len(x)), "frequency": x, "recency": span, "T": known})
def ask(name):
    fitted = getattr(clv, name)(data=data)
    fitted.build_model()
    fitted.fit(method="map", progressbar=False)
    return fitted.expected_purchases(data, future_t=ahead).mean(("chain", "draw")).values
for name in ("BetaGeoModel", "ModifiedBetaGeoModel", "ParetoNBDModel"):
    tried(name, lambda: ask(name))
"""
_AFTER = """
np.savez(sys.argv[2], **out)
"""


@dataclass(frozen=True)
class Peer:
    """What a model of another program expects of each relationship, and the CPU seconds that fitting and asking took."""

    name: str
    expected: Floats
    seconds: float

    @property
    def has_answered(self) -> bool:
        """Whether it expects something of each: of a few of the busiest some answer what is no number."""
        return bool(np.isfinite(self.expected).all())


class Peers:
    """The peers there are on this machine."""

    def __init__(self) -> None:
        self.lifetimes = python_with("peers", LIFETIMES)
        named = os.environ.get("AMPERSAND_PYMC_PYTHON")
        self.pymc = Path(named) if named else None
        self.pymc_most = int(os.environ.get("AMPERSAND_PYMC_MOST", "3000"))

    def ask(self, now: States, ahead: int) -> list[Peer]:
        """What each expects within so many days. One that does not converge is left out, and said so by its own run."""
        told = _ask(self.lifetimes, "lifetimes", _LIFETIMES, now, ahead)
        if len(now) <= self.pymc_most:
            told += _ask(self.pymc, "pymc-marketing", _PYMC, now, ahead)
        return told


def _ask(python: Path | None, program: str, words: str, now: States, ahead: int) -> list[Peer]:
    if python is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        told, answer = Path(folder) / "told.npz", Path(folder) / "answer.npz"
        np.savez(told, x=now.repeats, span=now.span / 7, known=now.known / 7, ahead=ahead / 7)
        try:
            subprocess.run([python, "-c", _BEFORE + words + _AFTER, told, answer], check=True, timeout=_SECONDS_MAX)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{program} did not answer: {type(error).__name__}.", file=sys.stderr)
            return []
        found = dict(np.load(answer))
    names = [name for name in found if not name.endswith("_seconds")]
    return [Peer(f"{program} {name}", found[name], float(found[f"{name}_seconds"])) for name in names]
