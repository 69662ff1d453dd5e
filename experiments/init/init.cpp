#include "experiments/init/init.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "env/core/atomic_file.h"
#include "env/core/error.h"
#include "experiments/init/scenario_text.h"
#include "forecasting/generate.h"
#include "forecasting/read_history.h"
#include "scenarios/scenario_file.h"

namespace restock::experiments {

namespace {

namespace fs = std::filesystem;

constexpr const char* kSales = "sales.csv";
constexpr const char* kScenario = "scenario.yaml";
constexpr const char* kExperiment = "experiment.yaml";

void check_target(const std::string& folder) {
  std::error_code ignored;
  if (fs::exists(folder, ignored) && !(fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored)))
    throw InputError(
        fmt::format("{}: exists and is not empty; name a folder that does not exist yet", folder));
}

std::string name_of(const std::string& folder) {
  const std::string name = fs::path(folder).lexically_normal().filename().string();
  return name.empty() || name == "." || name == ".." ? "my_items" : name;
}

std::string sources_of(const InitOptions& options) {
  std::string text = fs::path(options.sales).filename().string();
  for (const std::string& file : {options.items, options.receipts})
    if (!file.empty()) text += ", " + fs::path(file).filename().string();
  return text;
}

/// The history with days that the file lacks taken as days without sales, as scenarios need every day.
forecasting::Panel read_sales(const std::string& file, std::vector<std::string>& notes) {
  forecasting::Panel sales = forecasting::read_history(file, {.gaps = forecasting::Gaps::missing});
  std::size_t filled = 0;
  for (std::size_t series = 0; series < sales.series(); ++series)
    for (std::size_t day = 0; day < sales.days; ++day) {
      float& units = sales.sales[series * sales.days + day];
      if (!std::isnan(units)) continue;
      units = 0;
      filled += day >= sales.listed_from[series] ? 1 : 0;
    }
  if (filled > 0)
    notes.push_back(fmt::format("{} days that series lack are taken as days without sales", filled));
  return sales;
}

forecasting::Panel series_of(const forecasting::Panel& sales, const ScenarioDraft& draft) {
  std::vector<std::string> ids;
  for (const SkuDraft& sku : draft.skus) ids.push_back(sku.id);
  return forecasting::select_series(sales, ids);
}

std::size_t count_guesses(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find("# GUESS", at)) != std::string::npos; ++at) ++count;
  return count;
}

/// Everything goes to a folder beside the target, is read once, and takes its name.
void write_folder(const InitOptions& options, const forecasting::Panel& sales, const std::string& scenario,
                  const std::string& experiment) {
  const fs::path target = fs::path(options.out).lexically_normal();
  const std::string partial = (target.has_filename() ? target : target.parent_path()).string() + ".partial";
  if (fs::exists(partial))
    throw InputError(partial +
                     ": exists, from an interrupted run or somebody else; remove it or choose another --out");
  try {
    forecasting::write_history_csv(sales, partial + "/" + kSales);
    write_file_atomically(partial + "/" + kScenario, scenario);
    write_file_atomically(partial + "/" + kExperiment, experiment);
    const std::string file = partial + "/" + kScenario;
    if (auto problems = scenarios::validate_scenarios({&file, 1}); !problems.empty())
      throw InputError(std::move(problems));
    std::error_code failure;
    fs::remove(target, failure);  // an empty folder
    fs::rename(partial, target);
  } catch (const fs::filesystem_error& error) {
    fs::remove_all(partial);
    throw InputError(fmt::format("{}: {}", options.out, error.code().message()));
  } catch (...) {
    fs::remove_all(partial);
    throw;
  }
}

}  // namespace

InitOutcome init_scenario(const InitOptions& options) {
  check_target(options.out);
  std::vector<std::string> notes;
  const forecasting::Panel sales = read_sales(options.sales, notes);
  const ItemTable items = options.items.empty() ? ItemTable() : read_items(options.items);
  const ReceiptTable receipts = options.receipts.empty() ? ReceiptTable() : read_receipts(options.receipts);
  const ScenarioDraft draft = draft_scenario(sales, items, receipts,
                                             {.name = name_of(options.out),
                                              .carrying_rate = options.carrying_rate,
                                              .evaluation_days = options.evaluation_days});
  const std::string scenario = scenario_text(draft, kSales, sources_of(options));
  notes.insert(notes.end(), draft.notes.begin(), draft.notes.end());
  write_folder(options, series_of(sales, draft), scenario, experiment_text(draft, kScenario));
  return {.scenario = options.out + "/" + kScenario,
          .experiment = options.out + "/" + kExperiment,
          .skus = draft.skus.size(),
          .guesses = count_guesses(scenario),
          .notes = notes};
}

}  // namespace restock::experiments
