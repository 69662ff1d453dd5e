// The optimal orders of all states as a file: CSV for people and spreadsheets, HDF5 for large tables.
#pragma once

#include <string>

#include "agents/policies/exact/solve.h"

namespace restock::experiments {

/// One row a state: its components, then the orders. A file that ends in .h5 holds a dataset 'table' [states
/// × columns] of whole numbers with their names in its attribute 'columns', comma-separated; one that ends in
/// .csv the same as text. Throws InputError where the name ends otherwise or the result has no table.
void write_policy_table(const exact::Result& result, const std::string& file);

}  // namespace restock::experiments
