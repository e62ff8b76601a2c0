#include "demo_http.hpp"

namespace jiuzhu {

struct DemoClockRequest {
  int days = 0;
};
BOOST_DESCRIBE_STRUCT(DemoClockRequest, (), (days))
template <>
inline constexpr json::Meta json::meta<&DemoClockRequest::days>{.title = "前进天数", .minimum = 1, .maximum = 400};

struct DemoClockView {
  Date today;
};
BOOST_DESCRIBE_STRUCT(DemoClockView, (), (today))

void add_demo_routes(api::Api& api, SystemClock& clock) {
  // Sessions end with the days that pass, so this works without one; it exists in demonstrations only.
  api.post<DemoClockRequest, DemoClockView>(
      "/demo/clock",
      {.id = "advanceDemoClock", .summary = "演示:时间前进", .tag = "demo", .needs_actor = false, .checks_csrf = false},
      [&clock](api::Call&, DemoClockRequest request) -> Result<DemoClockView> {
        clock.shift_days(request.days);
        return DemoClockView{clock.today()};
      });
}

}  // namespace jiuzhu
