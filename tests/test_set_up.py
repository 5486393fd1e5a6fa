"""What set-up chooses on machines that differ."""

from __future__ import annotations

import math
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def setup() -> ModuleType:
    loader = SourceFileLoader("set_up", str(ROOT / "bin" / "setup"))
    spec = spec_from_loader("set_up", loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules["set_up"] = module
    loader.exec_module(module)
    return module


def _python(folder: Path, script: str) -> str:
    program = folder / f"python{sys.version_info.major}.{sys.version_info.minor}"
    folder.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def test_a_python_that_is_quicker_by_much_is_taken(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _python(tmp_path / "quick", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "quick"))
    monkeypatch.setattr(setup, "seconds_of_work", lambda python: 0.7 if python == other else 1.0)

    assert setup.quickest() == other


def test_a_python_that_is_hardly_quicker_is_left_where_it_is(
    setup: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _python(tmp_path / "alike", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "alike"))
    monkeypatch.setattr(setup, "seconds_of_work", lambda python: 0.9 if python == other else 1.0)

    assert setup.quickest() == sys.executable


@pytest.mark.parametrize("script", ["exit 1", "echo 2 7 0.0001", "echo no such version"])
def test_what_is_no_python_of_this_version_is_never_taken(setup: ModuleType, tmp_path: Path, script: str) -> None:
    assert setup.seconds_of_work(_python(tmp_path / "odd", script)) == math.inf


def test_this_python_is_measured(setup: ModuleType) -> None:
    assert 0 < setup.seconds_of_work(sys.executable) < math.inf
