#pragma once

#include "modules/cases/case_service.hpp"

namespace jiuzhu {

/// Lets every module answer the needs of the road that it owns; trips an assertion when one stays without an answer.
void provide_all_needs(cases::CaseWorld& world);

}  // namespace jiuzhu
