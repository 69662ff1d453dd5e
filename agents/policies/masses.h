// Probability masses of whole numbers from 0, and what a day does to stock whose sales can be lost.
#pragma once

#include <vector>

#include "env/core/laws/table.h"

namespace restock::policies {

/// masses[k] = P(X = k).
using Masses = std::vector<double>;

/// The law of a table without negative values; tails below 1e-12 go to the outermost value that stays.
Masses masses_of(const QuantileTable& table);

/// Stock after a day: (stock − demand)⁺. `after` is written; it may not be `stock`.
void serve_day(const Masses& stock, const Masses& demand, Masses& after);

/// Stock after a receipt.
void receive(Masses& stock, std::int64_t quantity);

}  // namespace restock::policies
