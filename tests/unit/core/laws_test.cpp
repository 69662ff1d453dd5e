#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "env/core/error.h"
#include "env/core/laws/law.h"

namespace restock {

namespace {

std::unique_ptr<Law> law(const std::string& name, const std::vector<LawSpec::Parameter>& parameters) {
  return make_law({name, parameters});
}

std::string error_of(const LawSpec& spec) {
  try {
    make_law(spec);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

Approx precisely(double value) {
  return Approx(value).epsilon(1e-13).margin(0);
}

}  // namespace

TEST_CASE("Poisson has its closed-form values at 0, 1 and many") {
  CHECK(law("poisson", {{"mean", {0}}})->cdf(0) == 1);
  CHECK(law("poisson", {{"mean", {0}}})->quantile(0.999) == 0);
  const auto five = law("poisson", {{"mean", {5}}});
  CHECK(five->cdf(0) == precisely(std::exp(-5.0)));
  CHECK(five->cdf(5) == precisely(0.615960654833063117));
  CHECK(five->cdf(5.99) == five->cdf(5));
  CHECK(five->variance() == 5);
  CHECK(law("poisson", {{"mean", {1e6}}})->cdf(1e6) == Approx(0.500265961486283653).epsilon(1e-10));
  CHECK(law("poisson", {{"mean", {1e-9}}})->cdf(0) == precisely(std::exp(-1e-9)));
}

TEST_CASE("the negative binomial law has its closed-form values") {
  const auto three = law("negative_binomial", {{"mean", {3}}, {"variance", {9}}});
  CHECK(three->cdf(0) == precisely(0.192450089729875255));
  CHECK(three->cdf(1) == precisely(0.38490017945975051));
  CHECK(three->cdf(5) == precisely(0.832168443554182815));
  CHECK(three->cdf(20) == precisely(0.99936424203643728));
  const auto geometric = law("negative_binomial", {{"mean", {3}}, {"variance", {12}}});
  CHECK(geometric->cdf(4) == precisely(law("geometric", {{"mean", {3}}})->cdf(4)));
  const auto nearly_poisson = law("negative_binomial", {{"mean", {5}}, {"variance", {5 + 1e-9}}});
  CHECK(nearly_poisson->cdf(5) == Approx(0.615960654833063117).epsilon(1e-9));
}

TEST_CASE("counts fitted to two moments have them") {
  for (const double mean : {0.2, 0.7, 1.0, 2.5, 4.0, 30.0}) {
    for (const double cv : {0.3, 0.5, 0.8, 1.0, 1.2, 1.7, 3.0}) {
      const double part = mean - std::floor(mean);
      if (cv * mean <= std::sqrt(part * (1 - part)) * 1.0001) continue;
      CAPTURE(mean, cv);
      const auto fitted = law("two_moment", {{"mean", {mean}}, {"cv", {cv}}});
      CHECK(fitted->mean() == Approx(mean).epsilon(1e-12));
      CHECK(std::sqrt(fitted->variance()) == Approx(cv * mean).epsilon(1e-9));
      double sum = 0;
      double squares = 0;
      for (double k = 0; fitted->cdf(k) < 1 - 1e-15; ++k) {
        sum += 1 - fitted->cdf(k);
        squares += (2 * k + 1) * (1 - fitted->cdf(k));
      }
      CHECK(sum == Approx(mean).epsilon(1e-9));
      CHECK(squares - sum * sum == Approx(cv * cv * mean * mean).epsilon(1e-6));
    }
  }
}

TEST_CASE("counts fitted to two moments are Poisson's, geometric and negative binomial where these fit") {
  const auto poisson = law("poisson", {{"mean", {4}}});
  const auto negative = law("negative_binomial", {{"mean", {4}}, {"variance", {12}}});  // order 2
  const auto geometric = law("geometric", {{"mean", {4}}});
  for (double k = 0; k < 20; ++k) {
    CHECK(law("two_moment", {{"mean", {4}}, {"cv", {0.5}}})->cdf(k) == precisely(poisson->cdf(k)));
    CHECK(law("two_moment", {{"mean", {4}}, {"cv", {std::sqrt(0.75)}}})->cdf(k) ==
          Approx(negative->cdf(k)).epsilon(1e-7));
    CHECK(law("two_moment", {{"mean", {4}}, {"cv", {std::sqrt(1.25)}}})->cdf(k) ==
          Approx(geometric->cdf(k)).epsilon(1e-7));
  }
  CHECK_THAT(error_of({"two_moment", {{"mean", {4.5}}, {"cv", {0.1}}}}),
             Catch::Contains("expected a cv above 0.111111"));
}

TEST_CASE("the Lomax law has its closed-form values") {
  const auto two = law("lomax", {{"mean", {2}}, {"shape", {3}}});  // scale 4
  CHECK(two->cdf(4) == precisely(1 - 0.125));
  CHECK(two->quantile(0.875) == precisely(4));
  CHECK(two->variance() == precisely(12));
  CHECK(std::isinf(law("lomax", {{"mean", {2}}, {"shape", {1.5}}})->variance()));
}

TEST_CASE("the geometric law starts at 0") {
  const auto three = law("geometric", {{"mean", {3}}});
  CHECK(three->cdf(0) == precisely(0.25));
  CHECK(three->cdf(9) == precisely(1 - std::pow(0.75, 10)));
  CHECK(three->variance() == 12);
  CHECK(law("geometric", {{"mean", {0}}})->cdf(0) == 1);
}

TEST_CASE("the normal law is conditioned on being at least 0") {
  const auto half = law("normal", {{"mean", {0}}, {"standard_deviation", {2}}});
  CHECK(half->mean() == precisely(2 * std::sqrt(2 / M_PI)));
  CHECK(half->variance() == precisely(4 * (1 - 2 / M_PI)));
  CHECK(half->cdf(0) == 0);
  CHECK(half->cdf(2) == precisely(std::erf(std::sqrt(0.5))));
  const auto far = law("normal", {{"mean", {100}}, {"standard_deviation", {10}}});
  CHECK(far->mean() == precisely(100));
  CHECK(far->variance() == precisely(100));
  CHECK(far->quantile(0.975) == precisely(100 + 10 * 1.959963984540053856));
  CHECK(far->quantile(0.025) == precisely(100 - 10 * 1.959963984540053856));
}

TEST_CASE("exponential and gamma agree where the gamma law is exponential") {
  const auto exponential = law("exponential", {{"mean", {5}}});
  const auto gamma = law("gamma", {{"mean", {5}}, {"cv", {1}}});
  CHECK(exponential->cdf(5) == precisely(1 - std::exp(-1.0)));
  CHECK(exponential->quantile(0.5) == precisely(5 * std::log(2.0)));
  for (const double x : {1e-9, 0.1, 1.0, 5.0, 30.0, 100.0}) {
    CHECK(gamma->cdf(x) == Approx(exponential->cdf(x)).epsilon(1e-12).margin(0));
  }
  for (const double u : {1e-9, 0.1, 0.5, 0.99, 1 - 1e-9}) {
    CHECK(gamma->quantile(u) == Approx(exponential->quantile(u)).epsilon(1e-8).margin(0));
  }
  CHECK(law("gamma", {{"mean", {7}}, {"cv", {0.5}}})->variance() == precisely(12.25));
}

TEST_CASE("gamma quantiles are found over the whole range of its parameters") {
  for (const double cv : {0.01, 0.1, 0.5, 1.0, 3.0, 10.0}) {
    const auto gamma = law("gamma", {{"mean", {1}}, {"cv", {cv}}});
    for (const double u : {1e-12, 1e-3, 0.01, 0.3, 0.5, 0.9, 0.9999, 1 - 1e-12}) {
      CAPTURE(cv, u);
      const double x = gamma->quantile(u);
      if (x < 1e-290) {  // below that, numbers grow coarse
        CHECK(gamma->cdf(x) <= 1.0001 * u);
      } else {
        CHECK(gamma->cdf(x) == Approx(u).epsilon(1e-10).margin(0));
      }
    }
  }
}

TEST_CASE("uniform laws include what they should") {
  const auto dice = law("discrete_uniform", {{"minimum", {1}}, {"maximum", {6}}});
  CHECK(dice->cdf(0.5) == 0);
  CHECK(dice->cdf(1) == precisely(1 / 6.0));
  CHECK(dice->cdf(6) == 1);
  CHECK(dice->quantile(1e-9) == 1);
  CHECK(dice->quantile(0.5) == 3);
  CHECK(dice->quantile(1 - 1e-9) == 6);
  CHECK(dice->mean() == 3.5);
  CHECK(dice->variance() == precisely(35 / 12.0));
  CHECK(law("discrete_uniform", {{"minimum", {4}}, {"maximum", {4}}})->quantile(0.3) == 4);
  const auto real = law("uniform", {{"minimum", {2}}, {"maximum", {6}}});
  CHECK(real->cdf(3) == 0.25);
  CHECK(real->quantile(0.25) == 3);
  CHECK(real->variance() == precisely(16 / 12.0));
  CHECK_FALSE(real->integer_valued());
}

TEST_CASE("laws on given points keep their weights") {
  const auto constant = make_law(LawSpec::constant(2.5));
  CHECK(constant->mean() == 2.5);
  CHECK(constant->variance() == 0);
  CHECK(constant->cdf(2.4999) == 0);
  CHECK(constant->cdf(2.5) == 1);
  CHECK_FALSE(constant->integer_valued());
  const auto weighted = law("discrete", {{"values", {7, 0, 2}}, {"weights", {1, 0, 3}}});
  CHECK(weighted->cdf(0) == 0);
  CHECK(weighted->cdf(2) == 0.75);
  CHECK(weighted->quantile(0.75) == 2);
  CHECK(weighted->quantile(0.76) == 7);
  CHECK(weighted->mean() == 3.25);
  CHECK(weighted->variance() == precisely(0.75 * 1.25 * 1.25 + 0.25 * 3.75 * 3.75));
  const auto observed = law("empirical", {{"values", {3, 1, 3, 3}}});
  CHECK(observed->cdf(1) == 0.25);
  CHECK(observed->mean() == 2.5);
  CHECK(observed->integer_valued());
}

TEST_CASE("the registry names and explains every law and parameter once") {
  std::set<std::string_view> names;
  for (const LawDescription& description : law_registry()) {
    INFO(description.name);
    CHECK(names.insert(description.name).second);
    CHECK_FALSE(description.meaning.empty());
    CHECK(find_law(description.name) == &description);
    for (const LawParameter& parameter : description.parameters) {
      CHECK_FALSE(parameter.meaning.empty());
      CHECK(parameter.minimum >= 0);
      CHECK(parameter.minimum < parameter.maximum);
    }
  }
  CHECK(names.size() >= 11);
  CHECK(find_law("nothing") == nullptr);
}

TEST_CASE("a law says its own name") {
  CHECK(make_law(LawSpec::constant(1))->name() == "constant");
  CHECK(law("gamma", {{"mean", {1}}, {"cv", {1}}})->name() == "gamma");
}

TEST_CASE("wrong specifications are refused with name, value and expectation") {
  struct Case {
    LawSpec spec;
    std::string message;
  };
  const double nan = std::nan("");
  const std::vector<Case> cases = {
      {{}, "no law is given"},
      {{"poison", {{"mean", {1}}}}, "unknown law 'poison', did you mean 'poisson'?; there are constant, "},
      {{"poisson", {}}, "law 'poisson': 'mean' is missing, expected a number in [0, 1000000]"},
      {{"poisson", {{"maen", {1}}}},
       "law 'poisson': unknown parameter 'maen', did you mean 'mean'?; it takes mean"},
      {{"poisson", {{"mean", {-3}}}}, "law 'poisson': 'mean' = -3, expected a number in [0, 1000000]"},
      {{"poisson", {{"mean", {nan}}}}, "law 'poisson': 'mean' = nan"},
      {{"poisson", {{"mean", {1e300}}}}, "law 'poisson': 'mean' = 1e+300"},
      {{"poisson", {{"mean", {1, 2}}}}, "law 'poisson': 'mean' has 2 values, expected a number"},
      {{"poisson", {{"mean", {}}}}, "law 'poisson': 'mean' has 0 values, expected a number"},
      {{"poisson", {{"mean", {1}}, {"mean", {2}}}}, "law 'poisson': 'mean' is given twice"},
      {{"gamma", {{"mean", {0}}, {"cv", {1}}}}, "law 'gamma': 'mean' = 0, expected a number in (0, 1000000]"},
      {{"negative_binomial", {{"mean", {3}}, {"variance", {3}}}}, "variance 3 is not above the mean 3"},
      {{"negative_binomial", {{"mean", {1e6}}, {"variance", {1e12}}}}, "count in a larger unit"},
      {{"discrete", {{"values", {1, 2}}, {"weights", {1}}}}, "2 values but 1 weights"},
      {{"discrete", {{"values", {1, 2}}, {"weights", {0, 0}}}}, "all weights are 0"},
      {{"discrete", {{"values", {1, 2, 1}}, {"weights", {1, 1, 1}}}}, "the value 1 stands twice"},
      {{"discrete", {{"values", {-1}}, {"weights", {1}}}},
       "'values' = -1, expected a list of numbers in [0, "},
      {{"empirical", {{"values", {}}}}, "'values' has 0 values, expected a list of numbers"},
      {{"empirical", {{"values", std::vector<double>(100'001, 1.0)}}}, "expected at most 100000"},
      {{"uniform", {{"minimum", {2}}, {"maximum", {2}}}}, "the minimum 2 is not below the maximum 2"},
      {{"discrete_uniform", {{"minimum", {0.5}}, {"maximum", {2}}}}, "expected whole numbers"},
      {{"discrete_uniform", {{"minimum", {3}}, {"maximum", {2}}}}, "the minimum 3 is above the maximum 2"},
  };
  for (const Case& c : cases) CHECK_THAT(error_of(c.spec), Catch::Contains(c.message));
}

TEST_CASE("all problems of a law are reported at once") {
  try {
    law("gamma", {{"mean", {-1}}, {"cvs", {1}}});
    FAIL("nothing was thrown");
  } catch (const InputError& error) {
    CHECK(error.problems().size() == 3);  // the range, the unknown name, the missing one
  }
}

}  // namespace restock
