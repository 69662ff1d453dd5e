#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

#include "experiments/report/number_text.h"
#include "experiments/report/text_table.h"
#include "experiments/report/wording.h"
#include "tests/unit/experiments/report_fixture.h"

using namespace restock;
using namespace restock::experiments;
using fixture::sample;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

PairedDifference difference(double mean, double half_width, Verdict verdict) {
  PairedDifference d;
  d.unit = PairUnit::skus;
  d.pairs = 10;
  d.cost_per_day = {mean, half_width};
  d.percent = {mean / 3, half_width / 3};
  d.verdict = verdict;
  return d;
}

}  // namespace

TEST_CASE("numbers read well", "[report]") {
  CHECK(number_text(1234567.891, 1) == "1,234,567.9");
  CHECK(number_text(-1234, 0) == "−1,234");
  CHECK(number_text(-999.996, 2) == "−1,000.00");
  CHECK(number_text(-0.0001, 2) == "0.00");
  CHECK(number_text(kNaN, 2) == "–");
  CHECK(number_text(INFINITY, 2) == "–");
  CHECK(signed_text(1.5, 1) == "+1.5");
  CHECK(signed_text(-1.5, 1) == "−1.5");
  CHECK(signed_text(0.01, 1) == "0.0");
  CHECK(percent_text(0.9725) == "97.2 %");
  CHECK(percent_text(kNaN) == "–");
  CHECK(estimate_text({6.91231, 0.00123}, 4) == "6.9123 ± 0.0012");
  CHECK(estimate_text({6.91231, kNaN}, 2) == "6.91");
  CHECK(title_of("cost_per_period") == "Cost per period");
  CHECK(shortened("überlang", 5) == "über…");
  CHECK(shortened("über", 4) == "über");
}

TEST_CASE("as many decimals as mean something", "[report]") {
  CHECK(decimals_for(6.9123) == 3);
  CHECK(decimals_for(123.4) == 1);
  CHECK(decimals_for(12345.0) == 0);
  CHECK(decimals_for(Estimate{6.9, 0.0012}) == 4);
  CHECK(decimals_for(Estimate{691, 34}) == 0);
  CHECK(decimals_for(Estimate{6.9, kNaN}) == 3);
  const KpiColumn fill{"fill_rate", "share", "", &Kpis::fill_rate, false};
  CHECK(kpi_text(fill, {0.9725, 0.0012}, kpi_decimals(fill, {0.9725, 0.0012})) == "97.25 ± 0.12 %");
}

TEST_CASE("differences in words, whichever way they fall", "[report]") {
  CHECK(words_of(difference(-12.4, 9.3, Verdict::costs_less)) ==
        "costs 12.4 less a day (−4.1 %, 95 % interval −21.7 to −3.1 over 10 SKUs)");
  CHECK(words_of(difference(12.4, 9.3, Verdict::costs_more)) ==
        "costs 12.4 more a day (+4.1 %, 95 % interval +3.1 to +21.7 over 10 SKUs)");
  CHECK(words_of(difference(-1.2, 2.8, Verdict::not_distinguishable)) ==
        "is not distinguishable: −1.2 a day (−0.4 %, 95 % interval −4.0 to +1.6 over 10 SKUs)");
  PairedDifference alone = difference(3, kNaN, Verdict::one_observation);
  alone.unit = PairUnit::none;
  CHECK(words_of(alone) ==
        "costs 3.000 more a day (+1.0 %, one observation, so how sure this is cannot be said)");
}

TEST_CASE("an end of an interval that is not zero does not print as zero", "[report]") {
  CHECK(interval_text(difference(1.2, 1.1996, Verdict::costs_more)) == "+0.0004 to +2.3996");
  CHECK(interval_text(difference(1.2, 1.1, Verdict::costs_more)) == "+0.1 to +2.3");
}

TEST_CASE("the verdict names the difference, its interval over SKUs and that over weeks", "[report]") {
  const ReportData data = sample();
  // Differences −2, −2, −3: mean −7/3, t(2) = 4.30265, standard error 1/3.
  const double half_width = 3 * 4.30265 / 3;
  CHECK(data.comparison.headline->cost_per_day.mean == Approx(-7));
  CHECK(data.comparison.headline->cost_per_day.half_width == Approx(half_width));
  CHECK(verdict_sentence(data.comparison) ==
        "PPO costs 7.0 less a day than (s, S), the best classical policy (−19.4 %).");
  const BootstrapInterval& weeks = *data.comparison.headline->over_weeks;
  CHECK(weeks.lower < -7);
  CHECK(weeks.upper > -7);
  CHECK(certainty_sentence(data.comparison) ==
        "The 95 % interval of this difference is −11.3 to −2.7 a day, from paired differences over 3 SKUs. "
        "Resampling the 4 weeks in blocks gives " +
            number_text(weeks.lower, 1) + " to " + number_text(weeks.upper, 1) +
            ". Both lie on the same side of zero.");
  CHECK(choice_sentence(data.comparison) ==
        "PPO: it is the only learned policy compared. (s, S): it cost least of all classical policies on the "
        "tuning data.");
}

TEST_CASE("intervals that disagree are not hidden", "[report]") {
  ReportData data = sample();
  data.comparison.headline->over_weeks = BootstrapInterval{-7, -15, 1, 4, 100};
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("may be the luck of these weeks"));
  data.comparison.headline->verdict = Verdict::not_distinguishable;
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("Both hold zero."));
  CHECK_THAT(verdict_sentence(data.comparison), Catch::Contains("are not distinguishable by cost"));
  data.comparison.headline->over_weeks = BootstrapInterval{-7, -9, -5, 4, 100};
  CHECK_THAT(certainty_sentence(data.comparison), Catch::Contains("rests on few of the SKUs"));
}

TEST_CASE("hindsight is called hindsight", "[report]") {
  ReportData data = sample();
  data.comparison.best_classical = BestPolicy{1, ChosenBy::tune_split};
  CHECK_THAT(choice_sentence(data.comparison), Catch::Contains("(s, S) turned out to cost less here"));
}

TEST_CASE("the table for terminals is at most 100 characters wide", "[report]") {
  ReportData data = sample();
  data.comparison.policies[1].name = std::string(80, 'x');
  data.comparison.differences[0].policy = data.comparison.policies[1].name;
  const std::string text = comparison_text(data.comparison);
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(display_width(line) <= 100);
  CHECK_THAT(text, Catch::Contains("−7.0 ± 4.3 (−19.4 %)"));
  CHECK_THAT(text, Catch::Contains("baseline"));
  CHECK_THAT(text, Catch::Contains("not distinguishable"));
  CHECK_THAT(text, Catch::Contains("80.0 %"));
}

TEST_CASE("text is broken between words, and % stays with its number", "[report]") {
  CHECK(wrapped("aa bb cc", 5) == "aa bb\ncc\n");
  CHECK(wrapped("aaaaaaaa b", 5) == "aaaaaaaa\nb\n");
  CHECK(wrapped("about 95 % sure", 8) == "about\n95 %\nsure\n");
  CHECK(wrapped("", 5).empty());
}
