#!/usr/bin/env python3
"""The warehouse of the engine's benchmarks in SimPy, against `restock simulate`: same means, how much slower?

Ten SKUs with 50 customers a day each (Poisson, one unit a customer, lost sales), base-stock 170 at a review
every morning, one to three days of lead time. Prints the mean cost a day of both with |z|, and the ratio of
simulated customers a second of processor time.

    python3 -m venv build/python-bench && build/python-bench/bin/pip install simpy
    build/python-bench/bin/python tools/bench/simpy_warehouse.py --restock build/release/restock
"""

import random

import simpy_peer

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


def compare(simpy, program, replications):
    theirs = simpy_peer.run_simpy(lambda seed: simulate(simpy, seed), replications)
    ours = simpy_peer.run_restock(program, SCENARIO, LEVEL, "cost_per_period", SKUS * CUSTOMERS_A_DAY * DAYS,
                                  50 * replications)
    z = simpy_peer.score(theirs, ours)
    print(f"cost a day          SimPy {theirs}   restock {ours}   z = {z:.2f}")
    print(f"customers a second  SimPy {theirs.speed:,.0f}   restock {ours.speed:,.0f}   "
          f"{ours.speed / theirs.speed:.0f} times")
    return abs(z) < 4 and ours.speed >= 100 * theirs.speed


if __name__ == "__main__":
    simpy_peer.main(__doc__, compare)
