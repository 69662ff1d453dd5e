#include "forecasting/history_stream.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "env/core/error.h"
#include "tests/support/temporary_file.h"

using namespace restock;
using namespace restock::forecasting;
using Catch::Matchers::Contains;

namespace {

const char* const kSales =
    "unique_id,ds,y,price\na,2026-01-05,1,2\na,2026-01-06,2,2\na,2026-01-09,,3\nb,2026-01-03,7,4\n"
    "b,2026-01-04,8,4\nc,2026-01-07,5,1\n";

bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

TEST_CASE("a history in pieces is the history as a whole") {
  const TemporaryFile file(kSales);
  const HistoryFormat format{{"price", "holiday:01-06"}, RowStep::day, Gaps::missing};
  const Panel whole = read_history(file.path(), format);
  for (const std::size_t most : {1, 2, 3, 10}) {
    HistoryStream stream(file.path(), format, most);
    std::size_t s = 0;
    while (const auto panel = stream.next()) {
      CHECK(panel->series() <= most);
      CHECK(panel->first_day == whole.first_day);
      REQUIRE(panel->days == whole.days);
      REQUIRE(panel->known_days == whole.known_days);
      std::vector<std::string> ids = panel->ids;
      const Panel expected = select_series(whole, ids);
      CHECK(same(panel->sales, expected.sales));
      CHECK(panel->stocked_out == expected.stocked_out);
      CHECK(panel->listed_from == expected.listed_from);
      for (std::size_t c = 0; c < 2; ++c) CHECK(panel->covariates[c].values == expected.covariates[c].values);
      s += panel->series();
    }
    CHECK(s == 3);
  }
}

TEST_CASE("series whose rows stand apart are refused, and so is what cannot be read") {
  const TemporaryFile apart("unique_id,ds,y\na,2026-01-05,1\nb,2026-01-05,1\na,2026-01-06,1\n");
  HistoryStream stream(apart.path(), {{}, RowStep::day}, 1);
  CHECK(stream.next().has_value());
  CHECK(stream.next().has_value());
  CHECK_THROWS_WITH(stream.next(), Contains(":4:") && Contains("stand apart"));
  HistoryStream together(apart.path(), {{}, RowStep::day}, 2);
  CHECK(together.next()->series() == 2);
  const TemporaryFile wrong("unique_id,ds,y\na,2026-01-05,1\na,2026-01-06,x\nb,2026-01-05,1\n");
  HistoryStream bad(wrong.path(), {{}, RowStep::day}, 1);
  CHECK_THROWS_WITH(bad.next(), Contains(":3: column 'y'"));
  const TemporaryFile empty("unique_id,ds,y\na,2026-01-05,\n");
  CHECK_THROWS_WITH(HistoryStream(empty.path(), {}, 1), Contains("no row has a date and sales"));
  const TemporaryFile weeks("unique_id,ds,y\na,2026-01-05,1\na,2026-01-09,1\n");
  CHECK_THROWS_AS(HistoryStream(weeks.path(), {{}, RowStep::week}, 1), InputError);
}
