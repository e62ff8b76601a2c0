#pragma once
// What a notice shows of a family, and when it has hung long enough. Pure.

#include <boost/describe.hpp>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace jiuzhu::publicity {

enum class Round { township, county };
BOOST_DESCRIBE_ENUM(Round, township, county)

/// How a county shows the applicant's name. The other members are masked always.
enum class NameDisplay { masked, full };
BOOST_DESCRIBE_ENUM(NameDisplay, masked, full)

struct NoticePerson {
  std::string name;
  Date birth_date;
  bool is_applicant = false;
};

/// The part of a notice that tells who it is about.
struct ShownFamily {
  std::string applicant_name;
  int member_count = 0;
  std::vector<std::string> member_names;  // without the applicant and without children
};

/// `persons` are the members that count, with exactly one applicant. A person under 18 on `today` is shown by no name
/// at all, also as an applicant (regulation O-05). Without `shows_members` only their number is shown: S2 art. 29 asks
/// for the members, S3 art. 24 for how many there are.
ShownFamily shown_family(const std::vector<NoticePerson>& persons, NameDisplay display, bool shows_members, Date today);

/// Posted on day P for seven days, the next step may be taken from P+8 on: the posting day does not count, unless the
/// county counts it (regulation 6.2); `last_day` says so already.
inline bool has_hung(Date last_day, Date today) { return today > last_day; }

/// A notice hangs from its first to its last day.
inline bool hangs(Date posted_on, Date last_day, Date today) { return posted_on <= today && today <= last_day; }

}  // namespace jiuzhu::publicity
