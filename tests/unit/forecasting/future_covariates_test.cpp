#include "forecasting/future_covariates.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "forecasting/read_history.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

const char* const kHistory =
    "unique_id,ds,y,price,promotion\n"
    "a,2026-01-04,3,1.5,1\na,2026-01-05,4,1.5,1\na,2026-01-06,,1.25,0\n"
    "b,2026-01-04,1,9,0\nb,2026-01-05,2,9,0\nb,2026-01-06,,9,1\n";

struct Known {
  explicit Known(const std::string& table, const HistoryFormat& format = {})
      : history(kHistory),
        extra(table),
        panel(read_history(history.path(), format)),
        future(read_future(panel, history.path(), table.empty() ? "" : extra.path(), 3)) {}
  TemporaryFile history, extra;
  Panel panel;
  FutureCovariates future;
};

}  // namespace

TEST_CASE("what is not known of days to come is listed by series and day") {
  const Known known("unique_id,ds,price\nb,2026-01-07,8\n");
  CHECK(known.future.steps == 3);
  CHECK(known.future.names == std::vector<std::string>{"price", "promotion"});
  const auto rows = missing_rows(known.future, known.panel, 3);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0].series == 0);
  CHECK(rows[0].step == 1);
  CHECK(rows[0].names == std::vector<std::size_t>{0, 1});
  CHECK(rows[2].series == 1);
  CHECK(rows[2].step == 1);
  CHECK(rows[2].names == std::vector<std::size_t>{1});
  CHECK(missing_rows(known.future, known.panel, 1).empty());
}

TEST_CASE("a template holds what is known, and once filled in nothing is missing") {
  const Known known("");
  std::string text = template_csv(known.future, known.panel, 2);
  CHECK(text ==
        "unique_id,ds,price,promotion\na,2026-01-06,1.25,0\na,2026-01-07,,\nb,2026-01-06,9,1\nb,2026-01-07,,"
        "\n");
  for (std::size_t at = text.find(",,\n"); at != std::string::npos; at = text.find(",,\n"))
    text.replace(at, 3, ",2,1\n");
  const Known filled(text);
  CHECK(missing_rows(filled.future, filled.panel, 2).empty());
}

TEST_CASE("a panel knows what files know, prices stay and promotions end where they do not") {
  Known known("unique_id,ds,price,promotion\na,2026-01-07,1,1\nb,2026-01-06,7,\n");
  apply_future(known.panel, known.future);
  CHECK(known.panel.days == 2);
  CHECK(known.panel.known_days == 5);
  CHECK(known.panel.find_covariate("price")->values ==
        std::vector<float>{1.5F, 1.5F, 1.25F, 1, 1, 9, 9, 7, 7, 7});
  CHECK(known.panel.find_covariate("promotion")->values == std::vector<float>{1, 1, 0, 1, 0, 0, 0, 1, 0, 0});
}

TEST_CASE("holidays by rule are never missing, and keep what they know") {
  Known known("", {{"holiday:01-06"}});
  CHECK(known.future.names == std::vector<std::string>{"price", "promotion"});
  apply_future(known.panel, known.future);
  CHECK(known.panel.find_covariate("holiday:01-06")->values[2] == 1);
  CHECK(known.panel.find_covariate("price")->values[known.panel.known_days - 1] == 1.25F);
}

TEST_CASE("everything wrong with a table of days to come is reported at once") {
  CHECK_THROWS_WITH(
      Known("unique_id,ds,price\na,2026-01-05,1\nx,2026-01-06,1\na,2026-01-06,1\na,2026-01-06,1\n"
            "a,2026-02-30,1\na,2026-01-08,much\na,2126-01-08,1\n"),
      Contains(":2: column 'ds'") && Contains("2026-01-06 or later") && Contains(":3: column 'unique_id'") &&
          Contains(":5: column 'ds'") && Contains("twice") && Contains(":6: column 'ds'") &&
          Contains(":7: column 'price'") && Contains(":8:"));
  CHECK_THROWS_WITH(Known("unique_id,ds,colour\na,2026-01-06,1\n"), Contains("price, promotion"));
}
