#include "diagnostics/budget.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

double BudgetTerms::residual() const {
  CompensatedSum difference;
  for (const double term : {initial, emitted, inflow, produced, -airborne, -outflow, -dry, -settled, -wet,
                            -consumed}) {
    difference.add(term);
  }
  return left() != 0 ? difference.value() / left() : difference.value();
}

Budget::Budget(const Decomposition& decomposition, int nx, int ny, int tracers)
    : decomposition_(decomposition), global_(nx, ny, 1, 1, 0), sums_(std::size_t(tracers)),
      initial_(std::size_t(tracers)), airborne_(std::size_t(tracers)) {}

void Budget::add(Communicator& communicator, View2<const double> columns, CompensatedSum& sum) {
  gather<double>(communicator, decomposition_, columns, global_.view2());
  if (!communicator.is_root()) {
    return;
  }
  const View2<const double> global = global_.view2();
  for (int j = 0; j < global.ny; ++j) {
    CompensatedSum row;
    for (int i = 0; i < global.nx; ++i) {
      row.add(global(i, j));
    }
    sum.add(row.sum);
    sum.add(row.lost);
  }
}

template <class T>
double Budget::airborne(Communicator& communicator, View3<const T> mixing_ratio, View3<const T> air_mass) {
  if (columns_.nx() != mixing_ratio.nx || columns_.ny() != mixing_ratio.ny) {
    columns_ = Field<double>(mixing_ratio.nx, mixing_ratio.ny, 1, 1, 0);
  }
  const View2<double> columns = columns_.view2();
  for (int j = 0; j < columns.ny; ++j) {
    std::fill_n(columns.line(j), columns.nx, 0.0);
    for (int k = 0; k < mixing_ratio.nz; ++k) {
      const T* q = mixing_ratio.line(j, k);
      const T* m = air_mass.line(j, k);
      double* out = columns.line(j);
      for (int i = 0; i < columns.nx; ++i) {
        out[i] += double(q[i]) * double(m[i]);
      }
    }
  }
  CompensatedSum sum;
  add(communicator, columns, sum);
  return sum.value();
}

template <class T>
void Budget::start(Communicator& communicator, View4<const T> mixing_ratio, View3<const T> air_mass) {
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    sums_[n] = {};
    initial_[n] = airborne(communicator, mixing_ratio[int(n)], air_mass);
    airborne_[n] = initial_[n];
  }
}

template <class T>
void Budget::update(Communicator& communicator, const AccountViews& accounts, View4<const T> mixing_ratio,
                    View3<const T> air_mass) {
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const auto account = [&](const View3<double>& view, Term term) {
      add(communicator, view.level(int(n)), sums_[n][term]);
    };
    account(accounts.emitted, emitted);
    account(accounts.inflow, inflow);
    account(accounts.outflow, outflow);
    account(accounts.dry, dry);
    account(accounts.settled, settled);
    account(accounts.wet, wet);
    account(accounts.produced, produced);
    account(accounts.consumed, consumed);
    airborne_[n] = airborne(communicator, mixing_ratio[int(n)], air_mass);
  }
}

std::vector<BudgetTerms> Budget::terms() const {
  std::vector<BudgetTerms> all;
  for (std::size_t n = 0; n < sums_.size(); ++n) {
    const auto& s = sums_[n];
    all.push_back({.initial = initial_[n],
                   .emitted = s[emitted].value(),
                   .inflow = s[inflow].value(),
                   .produced = s[produced].value(),
                   .airborne = airborne_[n],
                   .outflow = s[outflow].value(),
                   .dry = s[dry].value(),
                   .settled = s[settled].value(),
                   .wet = s[wet].value(),
                   .consumed = s[consumed].value()});
  }
  return all;
}

void Budget::serialise(Archive& archive, int first, int last) {
  const auto part = [&](const char* name, auto& all) {
    std::vector own(all.begin() + first, all.begin() + last);
    archive(name, own);
    std::copy(own.begin(), own.end(), all.begin() + first);
  };
  part("budget.sums", sums_);
  part("budget.initial", initial_);
  part("budget.airborne", airborne_);
}

template void Budget::start<float>(Communicator&, View4<const float>, View3<const float>);
template void Budget::start<double>(Communicator&, View4<const double>, View3<const double>);
template void Budget::update<float>(Communicator&, const AccountViews&, View4<const float>, View3<const float>);
template void Budget::update<double>(Communicator&, const AccountViews&, View4<const double>, View3<const double>);

std::string budget_table(const std::vector<BudgetTerms>& terms, const std::vector<std::string>& names) {
  constexpr const char* heads[] = {"initial", "+ emitted", "+ inflow", "+ produced", "= airborne",
                                   "+ outflow", "+ dry", "+ settled", "+ wet", "+ consumed", "residual"};
  std::string text = fmt::format("{:<12}", "kg");
  for (const char* head : heads) {
    text += fmt::format(" {:>11}", head);
  }
  text += '\n';
  for (std::size_t n = 0; n < terms.size(); ++n) {
    const BudgetTerms& t = terms[n];
    text += fmt::format("{:<12}", names.at(n));
    for (const double term : {t.initial, t.emitted, t.inflow, t.produced, t.airborne, t.outflow, t.dry,
                              t.settled, t.wet, t.consumed}) {
      text += fmt::format(" {:>11.5g}", term);
    }
    text += fmt::format(" {:>11.1e}\n", t.residual());
  }
  return text;
}

} // namespace tq
