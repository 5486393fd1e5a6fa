"""Other programs that walk over a web: igraph and networkit, in a python of their own, over the arcs of a file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.peer_pythons import python_with

IGRAPH, NETWORKIT = "igraph==1.0.0", "networkit==11.3"
# How long all that one of them is asked may take.
_SECONDS_MAX = 1_800
_BEFORE = """
import json, sys, time
import numpy as np
told = np.load(sys.argv[1])
tails, heads, strengths, count = told["tails"], told["heads"], told["strengths"], int(told["count"])
starts, goals = told["starts"].tolist(), told["goals"].tolist()
costs = np.log1p(1 / strengths)
out = {}
def timed(name, work, each):
    began = time.process_time()
    for asked in each:
        work(asked)
    out[name] = (time.process_time() - began) / len(each)
"""
_IGRAPH = """
import igraph
def build(_asked):
    global web
    web = igraph.Graph(n=count, edges=np.stack([tails, heads], axis=1), directed=True)
    web.es["cost"], web.es["strength"] = costs, strengths
timed("build", build, [0])
timed("walk", lambda start: web.personalized_pagerank(reset_vertices=[start], damping=.85, weights="strength"), starts[:2])
timed("way", lambda place: web.get_shortest_path(starts[place], goals[place], weights="cost"), range(2))
timed("ripple", lambda start: web.neighborhood_size([start], order=3, mode="out"), starts[:20])
"""
_NETWORKIT = """
import networkit
networkit.setNumberOfThreads(1)
from scipy.sparse import coo_matrix
def build(_asked):
    global web
    web = networkit.GraphFromCoo((costs.astype(float), (tails, heads)), n=count, weighted=True, directed=True)
timed("build", build, [0])
timed("way", lambda place: networkit.distance.BidirectionalDijkstra(web, starts[place], goals[place]).run(), range(20))
"""
_AFTER = """
print(json.dumps(out))
"""


def asked(arcs: Path) -> dict[str, dict[str, float]]:
    """CPU seconds that each peer takes for each step, by its name; a peer that is not there or fails is left out."""
    python = python_with("web-peers", IGRAPH, NETWORKIT, "numpy", "scipy")
    told = {}
    for name, words in (("igraph", _IGRAPH), ("networkit", _NETWORKIT)):
        if python is not None and (seconds := _run(python, name, words, arcs)):
            told[name] = seconds
    return told


def _run(python: Path, name: str, words: str, arcs: Path) -> dict[str, float]:
    try:
        done = subprocess.run(
            [python, "-c", _BEFORE + words + _AFTER, arcs],
            check=True, timeout=_SECONDS_MAX, capture_output=True, text=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{name} did not answer: {getattr(error, 'stderr', '') or error}", file=sys.stderr)
        return {}
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told
