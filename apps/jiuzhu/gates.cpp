#include "gates.hpp"

#include "modules/appraisals/appraisal_service.hpp"
#include "modules/decisions/decision_service.hpp"
#include "modules/publicity/publicity_service.hpp"
#include "modules/reviews/review_service.hpp"
#include "modules/verification/verification_service.hpp"
#include "modules/visits/visit_service.hpp"

namespace jiuzhu {

void provide_all_needs(cases::CaseWorld& world) {
  cases::provide_case_needs(world);
  verification::provide_verification_needs(world);
  visits::provide_visit_needs(world);
  appraisals::provide_appraisal_needs(world);
  publicity::provide_publicity_needs(world);
  reviews::provide_review_needs(world);
  decisions::provide_decision_needs(world);
  world.needs.require_complete();
}

}  // namespace jiuzhu
