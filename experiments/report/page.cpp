#include "experiments/report/page.h"

#include <fmt/format.h>

#include "experiments/report/html.h"
#include "experiments/report/number_text.h"
#include "experiments/report/sections.h"

namespace restock::experiments {

namespace {

std::string subtitle(const Comparison& comparison) {
  const WarehouseModel& warehouse = *comparison.warehouse;
  return fmt::format("{} · {} SKU{} · {} days · {} policies", comparison.phase, warehouse.skus.size(),
                     warehouse.skus.size() == 1 ? "" : "s",
                     number_text(static_cast<double>(warehouse.counted_days()), 0),
                     comparison.policies.size());
}

std::string header(const ReportData& data) {
  const std::string& title = data.title.empty() ? data.comparison.scenario : data.title;
  return element("header", "",
                 element("h1", "", escape_html(title)) + paragraph(subtitle(data.comparison), "subtitle"));
}

}  // namespace

std::string render_page(const ReportData& data) {
  std::string links, body;
  for (const ReportSection& section : report_sections()) {
    const std::string content = section.html(data);
    if (content.empty()) continue;
    const std::string title = escape_html(section.title);
    links += fmt::format("<a href=\"#{}\">{}</a>\n", section.id, title);
    body += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n", section.id, title, content);
  }
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n{}<nav>\n{}</nav>\n<main>\n{}</main>\n<script>{}</script>\n</body>\n</html>\n",
      escape_html(data.title.empty() ? data.comparison.scenario : data.title), page_style(), header(data),
      links, body, page_script());
}

}  // namespace restock::experiments
