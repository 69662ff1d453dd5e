// Demand over a protection interval as a law: a family fitted to its mean and variance, or observed totals.
#pragma once

#include <vector>

#include "agents/policies/planning.h"

namespace restock::policies {

/// Which law demand over the protection interval is taken to follow.
enum class DemandFamily { empirical, poisson, normal, gamma, negative_binomial };

/// The level that demand over the protection interval stays at or below with probability `ratio`, for a law
/// of the family with this mean and deviation (Silver, Pyke and Thomas 2017, chapter 6). A negative binomial
/// law that is not more variable than Poisson's is Poisson's. Not for the empirical family.
Quantity fitted_level(DemandFamily family, double mean, double deviation, double ratio);

/// Totals of demand over protection intervals, ascending: of the scenario's paths, at most 4,096 windows
/// evenly spread over them; where demand follows laws, of as many windows drawn from them (lead times drawn
/// as well). Calendar patterns count, shared factors, promotions' substitutes and returns do not.
std::vector<Quantity> interval_totals(const DecisionModel& model, std::size_t sku);
/// The smallest total that a share `ratio` of ascending totals does not exceed.
Quantity empirical_level(const std::vector<Quantity>& totals, double ratio);

}  // namespace restock::policies
