#pragma once
// The number of a disability certificate (残疾人证号): the holder's citizen number, one digit for the class and one for
// the grade (classes and grades: GB/T 26341). It contains a citizen number and health data, so it is secret by type in
// the same way. Immutable values; any thread.

#include <compare>
#include <iosfwd>
#include <string>
#include <string_view>

#include "kernel/identity/citizen_number.hpp"

namespace jiuzhu {

/// GB/T 26341; the value is the digit in the certificate number.
enum class DisabilityClass {
  visual = 1,
  hearing = 2,
  speech = 3,
  limb = 4,
  intellectual = 5,
  mental = 6,
  multiple = 7,
};

class DisabilityCertificate {
 public:
  /// Accepts the forms that CitizenNumber::parse accepts, with 18 characters. Refuses with
  /// "disability_certificate.length", ".class" (1 to 7), ".grade" (1 to 4), or a citizen_number.* key for the number
  /// inside it.
  static Result<DisabilityCertificate> parse(std::string_view text, Date today);

  /// A number that parse() accepted before, read back from our own store. Anything else trips an assertion.
  static DisabilityCertificate restore(std::string_view stored);

  const CitizenNumber& citizen_number() const { return holder_; }
  DisabilityClass disability_class() const { return class_; }
  /// 1 is the heaviest, 4 the lightest.
  int grade() const { return grade_; }
  /// Grades 1 and 2 (S3 art. 8).
  bool is_severe() const { return grade_ <= 2; }

  /// "140399********0017**": class and grade are health data and stay hidden too.
  std::string masked() const { return holder_.masked() + "**"; }
  /// The full number; see CitizenNumber::reveal().
  std::string reveal() const;

  auto operator<=>(const DisabilityCertificate&) const = default;
  friend std::ostream& operator<<(std::ostream&, const DisabilityCertificate&) = delete;

 private:
  DisabilityCertificate(CitizenNumber holder, DisabilityClass disability_class, int grade)
      : holder_(std::move(holder)), class_(disability_class), grade_(grade) {}
  CitizenNumber holder_;
  DisabilityClass class_;
  int grade_;
};

}  // namespace jiuzhu
