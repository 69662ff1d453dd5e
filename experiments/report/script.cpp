#include "experiments/report/page.h"

namespace restock::experiments {

std::string_view page_script() {
  return R"js(
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => head.addEventListener("click", () => {
    const falling = head.getAttribute("aria-sort") === "ascending";
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const key = row => {
      const cell = row.cells[column];
      return head.classList.contains("n") ? parseFloat(cell.dataset.v) : cell.textContent;
    };
    const compare = (a, b) => typeof a === "string" ? a.localeCompare(b, undefined, {numeric: true}) : a - b;
    const rows = [...table.tBodies[0].rows].map(row => [key(row), row]);
    const missing = rows.filter(([value]) => Number.isNaN(value));
    const known = rows.filter(([value]) => !Number.isNaN(value));
    known.sort((a, b) => (falling ? -1 : 1) * compare(a[0], b[0]));
    for (const [, row] of known.concat(missing)) table.tBodies[0].append(row);
  }));
}
)js";
}

}  // namespace restock::experiments
