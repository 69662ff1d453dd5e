"""What the comparisons with SimPy have in common: both are run and timed, and SimPy may be missing.

Times are processor time; that of `restock simulate` holds its start and the reading of the scenario.
"""

import argparse
import json
import math
import pathlib
import resource
import subprocess
import sys
import tempfile
import time


class Figure:
    """A mean, its standard error, and events a second."""

    def __init__(self, mean, error, speed):
        self.mean, self.error, self.speed = mean, error, speed

    def __str__(self):
        return f"{self.mean:.4f} ± {1.96 * self.error:.4f}"


def score(a, b):
    """z of the difference of two independent figures."""
    return (a.mean - b.mean) / math.hypot(a.error, b.error)


def run_simpy(simulate, replications):
    """simulate(seed) gives the value of one replication and its number of events."""
    started = time.process_time()
    outcomes = [simulate(seed) for seed in range(replications)]
    seconds = time.process_time() - started
    values = [value for value, _ in outcomes]
    mean = sum(values) / len(values)
    variance = sum((each - mean) ** 2 for each in values) / (len(values) - 1)
    return Figure(mean, math.sqrt(variance / len(values)), sum(n for _, n in outcomes) / seconds)


def run_restock(program, scenario, level, kpi, events, replications):
    """Base-stock with this level; `events` of one replication, expected."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "scenario.yaml"
        file.write_text(scenario)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            [program, "simulate", str(file), "--policy", "base_stock", f"order_up_to_level={level}",
             "--replications", str(replications), "--threads", "1", "--json"],
            check=True, capture_output=True, text=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    estimate = json.loads(said)["kpis"][kpi]
    return Figure(estimate["mean"], estimate["half_width"] / 1.96, events * replications / seconds)


def main(description, compare):
    """compare(simpy, program, replications) prints and says whether all is as it should be."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    parser.add_argument("--restock", default="build/release/restock", help="the program")
    parser.add_argument("--replications", type=int, default=40, help="of SimPy; restock does 50 times as many")
    arguments = parser.parse_args()
    try:
        import simpy
    except ImportError:
        print("SKIPPED: SimPy is missing (pip install simpy; see the head of this file)")
        sys.exit(0)
    sys.exit(0 if compare(simpy, arguments.restock, arguments.replications) else 1)
