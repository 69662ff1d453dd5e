#!/usr/bin/env python3
"""M/M/1 in SimPy against one picker of `restock simulate`: same mean time in the system, how much slower?

Nine customers an hour and ten lines an hour, so that the picker is busy 0.9 of the time and a line takes an
hour on average. Prints both means with |z| against each other and against the closed form, and the ratio of
lines a second of processor time.

    python3 -m venv build/python-bench && build/python-bench/bin/pip install simpy
    build/python-bench/bin/python tools/bench/simpy_mm1.py --restock build/release/restock
"""

import argparse
import json
import math
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time

DAYS, WARM_UP = 330, 30
ARRIVALS, SERVICE = 9.0, 10.0  # an hour
EXACT = 1 / (SERVICE - ARRIVALS)

SCENARIO = f"""name: one picker
horizon: {{days: {DAYS}, warm_up_days: {WARM_UP}}}
arrivals: orders
warehouse: {{pickers: {{number: 1, hours_per_line: {{law: exponential, mean: {1 / SERVICE}}}}}}}
skus:
  - id: item
    demand: {{law: poisson, mean: {24 * ARRIVALS}}}
    initial_on_hand: 1000000000
    costs: {{holding_per_unit_day: 0, shortage_per_unit: 0}}
    supply: {{lead_time_days: 1, review_period_days: 365}}
"""


def simulate(simpy, seed):
    """Mean hours in the system and number of lines of one replication."""
    environment = simpy.Environment()
    picker = simpy.Resource(environment, capacity=1)
    source = random.Random(seed)
    hours, picked, lines = 0.0, 0, 0

    def line():
        nonlocal hours, picked, lines
        came = environment.now
        with picker.request() as request:
            yield request
            yield environment.timeout(source.expovariate(SERVICE))
        lines += 1
        if environment.now >= 24 * WARM_UP:
            hours, picked = hours + environment.now - came, picked + 1

    def customers():
        while True:
            yield environment.timeout(source.expovariate(ARRIVALS))
            environment.process(line())

    environment.process(customers())
    environment.run(until=24 * DAYS)
    return hours / picked, lines


def run_simpy(simpy, replications):
    started = time.process_time()
    outcomes = [simulate(simpy, seed) for seed in range(replications)]
    seconds = time.process_time() - started
    means = [mean for mean, _ in outcomes]
    mean = sum(means) / len(means)
    variance = sum((each - mean) ** 2 for each in means) / (len(means) - 1)
    return mean, math.sqrt(variance / len(means)), sum(n for _, n in outcomes) / seconds


def run_restock(program, replications):
    """The same by the program, with its start and the reading of the scenario."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "one_picker.yaml"
        file.write_text(SCENARIO)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            [program, "simulate", str(file), "--policy", "base_stock", "order_up_to_level=0",
             "--replications", str(replications), "--threads", "1", "--json"],
            check=True, capture_output=True, text=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    hours = json.loads(said)["kpis"]["hours_to_pick"]
    return hours["mean"], hours["half_width"] / 1.96, 24 * ARRIVALS * DAYS * replications / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--restock", default="build/release/restock", help="the program")
    parser.add_argument("--replications", type=int, default=40, help="of SimPy; restock does 50 times as many")
    arguments = parser.parse_args()
    try:
        import simpy
    except ImportError:
        print("SKIPPED: SimPy is missing (pip install simpy; see --help)")
        return 0
    theirs, their_error, their_speed = run_simpy(simpy, arguments.replications)
    ours, our_error, our_speed = run_restock(arguments.restock, 50 * arguments.replications)
    scores = [(theirs - ours) / math.hypot(their_error, our_error), (ours - EXACT) / our_error,
              (theirs - EXACT) / their_error]
    print(f"hours in the system  SimPy {theirs:.4f} ± {1.96 * their_error:.4f}   "
          f"restock {ours:.4f} ± {1.96 * our_error:.4f}   exact {EXACT:.4f}   "
          f"z = {scores[0]:.2f}, {scores[1]:.2f} and {scores[2]:.2f} against the exact value")
    print(f"lines a second       SimPy {their_speed:,.0f}   restock {our_speed:,.0f}   "
          f"{our_speed / their_speed:.0f} times")
    return 0 if max(map(abs, scores)) < 4 and our_speed >= 100 * their_speed else 1


if __name__ == "__main__":
    sys.exit(main())
