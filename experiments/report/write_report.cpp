#include "experiments/report/write_report.h"

#include "env/core/atomic_file.h"
#include "experiments/report/machine_files.h"
#include "experiments/report/page.h"

namespace restock::experiments {

std::string write_report(const ReportData& data, const std::string& folder) {
  const std::string page = render_page(data);
  write_file_atomically(folder + "/kpis.csv", kpis_csv(data.comparison));
  write_file_atomically(folder + "/per_sku.csv", per_sku_csv(data.comparison));
  write_file_atomically(folder + "/daily.csv", daily_csv(data.comparison));
  write_file_atomically(folder + "/paired.csv", paired_csv(data.comparison));
  write_file_atomically(folder + "/report.json", report_json(data));
  write_file_atomically(folder + "/report.html", page);
  return folder + "/report.html";
}

}  // namespace restock::experiments
