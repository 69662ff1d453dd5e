#!/usr/bin/env python3
"""The warehouse of the engine's benchmarks in SimPy, against `restock simulate`: same means, how much slower?

Ten SKUs with 50 customers a day each (Poisson, one unit a customer, lost sales), base-stock 170 at a review
every morning, one to three days of lead time. Prints the mean cost a day of both with |z|, and the ratio of
simulated customers a second of processor time.

    python3 -m venv build/python-bench && build/python-bench/bin/pip install simpy
    build/python-bench/bin/python tools/bench/simpy_warehouse.py --restock build/release/restock
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

SKUS, DAYS, WARM_UP = 10, 110, 10
CUSTOMERS_A_DAY, LEVEL, INITIAL = 50.0, 170, 150
HOLDING, SHORTAGE = 1.0, 9.0
LEAD_TIMES, WEIGHTS = (1, 2, 3), (1, 2, 1)

SCENARIO = f"""name: benchmark warehouse
horizon: {{days: {DAYS}, warm_up_days: {WARM_UP}}}
arrivals: orders
defaults:
  costs: {{holding_per_unit_day: {HOLDING}, shortage_per_unit: {SHORTAGE}}}
  supply:
    lead_time_days: {{law: discrete, values: {list(LEAD_TIMES)}, weights: {list(WEIGHTS)}}}
skus:
""" + "".join(
    f"  - {{id: sku-{i}, demand: {{law: poisson, mean: {CUSTOMERS_A_DAY}}}, initial_on_hand: {INITIAL}}}\n"
    for i in range(SKUS))


class Item:
    """One SKU: a source of customers, a review every morning, orders on their way."""

    def __init__(self, simpy_environment, random_source):
        self.env, self.random = simpy_environment, random_source
        self.on_hand, self.on_order = INITIAL, 0
        self.holding, self.lost, self.customers, self.counted_until = 0.0, 0, 0, 0.0
        self.env.process(self.review())
        self.env.process(self.demand())

    def count(self):
        self.holding += self.on_hand * max(0.0, self.env.now - max(self.counted_until, WARM_UP))
        self.counted_until = self.env.now

    def review(self):
        while True:
            quantity = LEVEL - self.on_hand - self.on_order
            if quantity > 0:
                self.on_order += quantity
                self.env.process(self.deliver(quantity))
            yield self.env.timeout(1)

    def deliver(self, quantity):
        yield self.env.timeout(self.random.choices(LEAD_TIMES, WEIGHTS)[0])
        self.count()
        self.on_hand += quantity
        self.on_order -= quantity

    def demand(self):
        while True:
            yield self.env.timeout(self.random.expovariate(CUSTOMERS_A_DAY))
            self.count()
            self.customers += 1
            if self.on_hand > 0:
                self.on_hand -= 1
            elif self.env.now >= WARM_UP:
                self.lost += 1


def simulate(simpy, seed):
    """Cost a day and customers of one replication."""
    environment = simpy.Environment()
    items = [Item(environment, random.Random(f"{seed}-{i}")) for i in range(SKUS)]
    environment.run(until=DAYS)
    for item in items:
        item.count()
    cost = sum(HOLDING * item.holding + SHORTAGE * item.lost for item in items) / (DAYS - WARM_UP)
    return cost, sum(item.customers for item in items)


def run_simpy(simpy, replications):
    started = time.process_time()
    outcomes = [simulate(simpy, seed) for seed in range(replications)]
    seconds = time.process_time() - started
    costs = [cost for cost, _ in outcomes]
    mean = sum(costs) / len(costs)
    variance = sum((cost - mean) ** 2 for cost in costs) / (len(costs) - 1)
    return mean, math.sqrt(variance / len(costs)), sum(n for _, n in outcomes) / seconds


def run_restock(program, replications):
    """The same by the program, with its start and the reading of the scenario."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "warehouse.yaml"
        file.write_text(SCENARIO)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said = subprocess.run(
            [program, "simulate", str(file), "--policy", "base_stock", f"order_up_to_level={LEVEL}",
             "--replications", str(replications), "--threads", "1", "--json"],
            check=True, capture_output=True, text=True).stdout
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost = json.loads(said)["kpis"]["cost_per_period"]
    return cost["mean"], cost["half_width"] / 1.96, SKUS * CUSTOMERS_A_DAY * DAYS * replications / seconds


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
    z = (theirs - ours) / math.hypot(their_error, our_error)
    print(f"cost a day          SimPy {theirs:.3f} ± {1.96 * their_error:.3f}   "
          f"restock {ours:.3f} ± {1.96 * our_error:.3f}   z = {z:.2f}")
    print(f"customers a second  SimPy {their_speed:,.0f}   restock {our_speed:,.0f}   "
          f"{our_speed / their_speed:.0f} times")
    return 0 if abs(z) < 4 and our_speed >= 100 * their_speed else 1


if __name__ == "__main__":
    sys.exit(main())
