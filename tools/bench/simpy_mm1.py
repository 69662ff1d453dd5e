#!/usr/bin/env python3
"""M/M/1 in SimPy against one picker of `restock simulate`: same mean time in the system, how much slower?

Nine customers an hour and ten lines an hour, so that the picker is busy 0.9 of the time and a line takes an
hour on average. Prints both means with |z| against each other and against the closed form, and the ratio of
lines a second of processor time.

    python3 -m venv build/python-bench && build/python-bench/bin/pip install simpy
    build/python-bench/bin/python tools/bench/simpy_mm1.py --restock build/release/restock
"""

import random

import simpy_peer

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


def compare(simpy, program, replications):
    theirs = simpy_peer.run_simpy(lambda seed: simulate(simpy, seed), replications)
    ours = simpy_peer.run_restock(program, SCENARIO, 0, "hours_to_pick", 24 * ARRIVALS * DAYS, 50 * replications)
    scores = [simpy_peer.score(theirs, ours), (ours.mean - EXACT) / ours.error, (theirs.mean - EXACT) / theirs.error]
    print(f"hours in the system  SimPy {theirs}   restock {ours}   exact {EXACT:.4f}   "
          f"z = {scores[0]:.2f}, {scores[1]:.2f} and {scores[2]:.2f} against the exact value")
    print(f"lines a second       SimPy {theirs.speed:,.0f}   restock {ours.speed:,.0f}   "
          f"{ours.speed / theirs.speed:.0f} times")
    return max(map(abs, scores)) < 4 and ours.speed >= 100 * theirs.speed


if __name__ == "__main__":
    simpy_peer.main(__doc__, compare)
