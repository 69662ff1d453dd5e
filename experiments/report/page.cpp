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

}  // namespace

std::string assemble_page(std::string_view title, std::string_view subtitle,
                          std::span<const PageSection> sections) {
  std::string links, body;
  for (const PageSection& section : sections) {
    if (section.html.empty()) continue;
    const std::string name = escape_html(section.title);
    links += fmt::format("<a href=\"#{}\">{}</a>\n", section.id, name);
    body += fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n", section.id, name, section.html);
  }
  const std::string head =
      element("header", "", element("h1", "", escape_html(title)) + paragraph(subtitle, "subtitle"));
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n{}<nav>\n{}</nav>\n<main>\n{}</main>\n<script>{}</script>\n</body>\n</html>\n",
      escape_html(title), page_style(), head, links, body, page_script());
}

std::string render_page(const ReportData& data) {
  std::vector<PageSection> sections;
  for (const ReportSection& section : report_sections())
    sections.push_back({std::string(section.id), std::string(section.title), section.html(data)});
  return assemble_page(data.title.empty() ? data.comparison.scenario : data.title, subtitle(data.comparison),
                       sections);
}

}  // namespace restock::experiments
