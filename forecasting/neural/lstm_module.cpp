#include "forecasting/neural/lstm_module.h"

#include <cmath>

namespace restock::forecasting {

namespace {

std::int64_t whole(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

torch::Tensor squareplus(const torch::Tensor& x) {
  return 0.5 * (x + torch::sqrt(x * x + 4));
}

torch::Tensor masked_mean(const torch::Tensor& values, const torch::Tensor& weights) {
  return (values * weights).sum() / torch::clamp_min(weights.sum(), 1);
}

}  // namespace

LstmModule::LstmModule(const LstmParameters& parameters, double dropout, torch::Device device)
    : shape_(parameters.weights.shape), device_(device), dropout_(dropout) {
  const auto layout = layout_of(shape_);
  for (std::size_t p = 0; p < kParts; ++p) {
    const auto values = parameters.weights.part(static_cast<Part>(p));
    const auto tensor = to_device(std::vector<float>(values.begin(), values.end()),
                                  {whole(layout[p].rows), whole(layout[p].columns)});
    parts_.push_back(register_parameter(std::string(layout[p].name), tensor));
    average_.push_back(tensor.detach().clone());
  }
  std::vector<float> features;
  for (std::size_t j = 1; j <= parameters.maximum_lead; ++j) {
    const LeadFeature feature = lead_feature(j, parameters.maximum_lead);
    features.insert(features.end(), feature.begin(), feature.end());
  }
  lead_features_ = to_device(features, {whole(parameters.maximum_lead), 2});
  levels_ = to_device(std::vector<float>(parameters.levels.begin(), parameters.levels.end()),
                      {whole(shape_.levels)});
}

torch::Tensor LstmModule::to_device(const std::vector<float>& values, torch::IntArrayRef shape) const {
  return torch::tensor(torch::ArrayRef<float>(values)).view(shape).to(device_);
}

torch::Tensor LstmModule::to_device(const std::vector<std::int64_t>& values, torch::IntArrayRef shape) const {
  return torch::tensor(torch::ArrayRef<std::int64_t>(values)).view(shape).to(device_);
}

std::vector<float> LstmModule::flat() const {
  std::vector<float> values;
  for (const torch::Tensor& part : parts_) {
    const auto cpu = part.detach().to(torch::kCPU).contiguous();
    values.insert(values.end(), cpu.data_ptr<float>(), cpu.data_ptr<float>() + cpu.numel());
  }
  return values;
}

void LstmModule::update_average(double rate) {
  const torch::NoGradGuard no_gradient;
  for (std::size_t p = 0; p < kParts; ++p) average_[p].lerp_(parts_[p], rate);
}

void LstmModule::swap_average() {
  const torch::NoGradGuard no_gradient;
  for (std::size_t p = 0; p < kParts; ++p) {
    const auto now = parts_[p].clone();
    parts_[p].copy_(average_[p]);
    average_[p].copy_(now);
  }
}

torch::Tensor LstmModule::embeddings(const TrainingBatch& batch) {
  const auto size = whole(batch.size);
  const auto items = part(Part::item_embedding).index_select(0, to_device(batch.items, {size}));
  const auto rows = to_device(batch.categories, {whole(batch.categories.size())});
  const auto categories = part(Part::category_embedding)
                              .index_select(0, rows)
                              .view({size, whole(shape_.columns * LstmShape::kCategory)});
  return torch::dropout(torch::cat({items, categories}, 1), dropout_, is_training());
}

LstmModule::Forward LstmModule::forward(const TrainingBatch& batch) {
  const auto size = whole(batch.size), days = whole(batch.days), from = whole(batch.learn_from);
  const auto evenings = whole(batch.evenings());
  Forward pass;
  pass.scale = to_device(batch.scale, {size, evenings});
  pass.phases = to_device(batch.phases, {size, whole(batch.origins.size()), whole(batch.leads)});
  pass.embedding = embeddings(batch);
  const auto inputs = to_device(batch.inputs, {days, size, whole(shape_.inputs())});
  const auto with_embedding = torch::cat({inputs, pass.embedding.unsqueeze(0).expand({days, size, -1})}, 2);
  const auto input_weights = torch::cat({part(Part::input), part(Part::input_embedding)}, 0).t();
  const auto bias = part(Part::bias).view({-1});
  const auto empty = torch::zeros({1, size, whole(shape_.units)}, inputs.options());
  const auto output =
      std::get<0>(torch::lstm(with_embedding, {empty, empty},
                              {input_weights, part(Part::recurrent).t(), bias, torch::zeros_like(bias)}, true,
                              1, 0.0, is_training(), false, false));
  pass.h = torch::dropout(output.slice(0, from).transpose(0, 1), dropout_, is_training());
  const auto seen = inputs.slice(0, from).transpose(0, 1);
  const auto levels = seen.slice(2, LstmShape::kFirstLevel, LstmShape::kNextPhase);
  pass.next_phase = seen.select(2, LstmShape::kNextPhase);
  pass.base =
      torch::matmul(pass.h, part(Part::decoder_state)) + torch::matmul(levels, part(Part::decoder_level)) +
      torch::matmul(pass.embedding, part(Part::decoder_embedding)).unsqueeze(1) + part(Part::decoder_bias);
  const auto skip = part(Part::level_skip).slice(1, 0, SeriesLevels::kLevels);
  pass.followed = (levels.slice(2, 0, SeriesLevels::kLevels) * skip).sum(2);
  const auto known = to_device(batch.known, {size, days + whole(batch.leads) - 1, whole(shape_.known)});
  pass.projected = torch::matmul(known.slice(1, from), part(Part::decoder_known));
  return pass;
}

DailyLaws LstmModule::laws(const torch::Tensor& hidden, const torch::Tensor& phase,
                           const torch::Tensor& followed, const torch::Tensor& scale) {
  const auto with_phase = hidden + phase.unsqueeze(-1) * part(Part::decoder_phase).view({-1});
  const auto output = torch::matmul(torch::relu(with_phase), part(Part::decoder_output)) +
                      part(Part::decoder_output_bias).view({2});
  const auto of_phase = part(Part::level_skip).select(1, SeriesLevels::kLevels) * phase;
  const auto log_mean =
      torch::clamp(output.select(-1, 0) + followed + of_phase, kLowestLogMean, kHighestLogMean);
  const auto log_dispersion = torch::clamp(output.select(-1, 1), kLowestLogDispersion, kHighestLogDispersion);
  return {scale * torch::exp(log_mean), torch::exp(log_dispersion)};
}

DailyLaws LstmModule::next_day(const Forward& pass) {
  const auto lead = torch::matmul(lead_features_.slice(0, 0, 1), part(Part::decoder_lead));
  const auto known = pass.projected.slice(1, 0, pass.base.size(1));
  return laws(pass.base + known + lead, pass.next_phase, pass.followed, pass.scale);
}

DailyLaws LstmModule::all_leads(const Forward& pass, const torch::Tensor& origins) {
  const auto leads = pass.projected.size(1) - pass.base.size(1) + 1;
  const auto known = pass.projected.unfold(1, leads, 1).index_select(1, origins).transpose(2, 3);
  const auto lead = torch::matmul(lead_features_.slice(0, 0, leads), part(Part::decoder_lead));
  const auto hidden = pass.base.index_select(1, origins).unsqueeze(2) + known + lead;
  return laws(hidden, pass.phases, pass.followed.index_select(1, origins).unsqueeze(2),
              pass.scale.index_select(1, origins).unsqueeze(2));
}

torch::Tensor LstmModule::interval_quantiles(const Forward& pass, const torch::Tensor& origins,
                                             const torch::Tensor& mean, const torch::Tensor& deviation,
                                             const torch::Tensor& interval_days) {
  const auto log_days = lead_features_.select(1, 0).index({interval_days});
  const auto feature = torch::stack({torch::log1p(mean), torch::log(deviation / mean), log_days}, -1);
  const auto state = torch::matmul(pass.h.index_select(1, origins), part(Part::interval_state)) +
                     torch::matmul(pass.embedding, part(Part::interval_embedding)).unsqueeze(1) +
                     part(Part::interval_bias);
  const auto hidden = torch::relu(state.unsqueeze(2) + torch::matmul(feature, part(Part::interval_feature)));
  const auto output =
      torch::matmul(hidden, part(Part::interval_output)) + part(Part::interval_output_bias).view({-1});
  const auto first = mean.unsqueeze(-1) * torch::sigmoid(output.slice(-1, 0, 1));
  const auto steps = deviation.unsqueeze(-1) * squareplus(output.slice(-1, 1));
  return torch::cumsum(torch::cat({first, steps}, -1), -1);
}

torch::Tensor LstmModule::interval_loss(const TrainingBatch& batch, const Forward& pass,
                                        const torch::Tensor& origins, const DailyLaws& leads,
                                        const torch::Tensor& demand, const torch::Tensor& counts) {
  const auto days =
      to_device(batch.interval_days, {whole(batch.size), origins.size(0), whole(batch.intervals)});
  const auto sum_over = [&](const torch::Tensor& daily) { return torch::cumsum(daily, 2).gather(2, days); };
  const auto mean = sum_over(leads.mean).detach();
  const auto deviation = torch::sqrt(sum_over(leads.mean * (1 + leads.dispersion * leads.mean))).detach();
  const auto whole_interval = torch::cumprod(counts, 2).gather(2, days);
  const auto quantiles = interval_quantiles(pass, origins, mean, deviation, days);
  const auto error = (sum_over(demand).unsqueeze(-1) - quantiles) / deviation.unsqueeze(-1);
  const auto pinball = torch::max(levels_ * error, (levels_ - 1) * error).mean(-1);
  return masked_mean(pinball, whole_interval);
}

torch::Tensor LstmModule::next_day_loss(const TrainingBatch& batch, const DailyLaws& next,
                                        const torch::Tensor& counts) {
  const auto size = whole(batch.size), evenings = whole(batch.evenings());
  const auto sales = to_device(batch.sales, {size, evenings});
  auto likelihood = log_probability(next, sales);
  const auto flagged = torch::nonzero(to_device(batch.censored, {size * evenings})).view({-1});
  if (flagged.numel() > 0) {
    const auto pick = [&](const torch::Tensor& values) {
      return values.reshape({-1}).index_select(0, flagged);
    };
    const auto at_least = log_probability_at_least({pick(next.mean), pick(next.dispersion)}, pick(sales));
    likelihood = likelihood.reshape({-1}).index_copy(0, flagged, at_least).view({size, evenings});
  }
  return masked_mean(-likelihood, counts.slice(1, 0, evenings));
}

LstmLosses LstmModule::losses(const TrainingBatch& batch) {
  const auto size = whole(batch.size), leads = whole(batch.leads), from = whole(batch.learn_from);
  const Forward pass = forward(batch);
  const auto ahead_days = whole(batch.days) + leads - 1;
  const auto demand = to_device(batch.demand, {size, ahead_days}).slice(1, from);
  const auto counts = to_device(batch.counts, {size, ahead_days}).slice(1, from);

  LstmLosses losses;
  const DailyLaws next = next_day(pass);
  losses.next_day_laws = {next.mean.detach(), next.dispersion.detach()};
  losses.next_day = next_day_loss(batch, next, counts);

  const auto origins = to_device(batch.origins, {whole(batch.origins.size())});
  const DailyLaws ahead = all_leads(pass, origins);
  const auto at_origins = [&](const torch::Tensor& daily) {
    return daily.unfold(1, leads, 1).index_select(1, origins);
  };
  const auto truth = at_origins(demand), counted = at_origins(counts);
  losses.leads = masked_mean(-log_probability(ahead, truth), counted);
  const auto precision = to_device(batch.precision, {size, 1, 1});
  losses.squares = masked_mean(torch::square(truth - ahead.mean) * precision, counted);
  losses.intervals = interval_loss(batch, pass, origins, ahead, truth, counted);
  return losses;
}

}  // namespace restock::forecasting
