#pragma once
// The words that a roster's cells may hold, and what they mean.

#include <optional>
#include <span>
#include <string_view>

#include "engines/policy/facts.hpp"
#include "modules/cases/intake.hpp"

namespace jiuzhu::roster {

std::span<const std::string_view> relation_words();
std::span<const std::string_view> yes_no_words();
std::span<const std::string_view> disability_words();
std::span<const std::string_view> grade_words();
std::span<const std::string_view> capacity_words();
std::span<const std::string_view> programme_words();
std::span<const std::string_view> unit_words();
std::span<const std::string_view> account_words();

/// Nothing for a word that is not in the list.
std::optional<policy::Relation> relation_of(std::string_view word);
std::optional<bool> yes_no_of(std::string_view word);
std::optional<policy::DisabilityClass> disability_of(std::string_view word);
/// "一级", "1级" or "1".
std::optional<int> grade_of(std::string_view word);
std::optional<policy::LabourCapacity> capacity_of(std::string_view word);
/// "城市低保", also "城市" and "城镇低保".
std::optional<cases::CaseProgramme> programme_of(std::string_view word);
std::optional<policy::ApplicationUnit> unit_of(std::string_view word);
std::optional<cases::AccountKind> account_kind_of(std::string_view word);

}  // namespace jiuzhu::roster
