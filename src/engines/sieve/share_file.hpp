#pragma once
// What one share of a run has found, as a file: a run can be divided among processes or machines, in any way that a
// scheduler likes, and joined to exactly what one process would have written. The file holds personal data (identifiers
// of households are not in it, but what is shown of hits is). Format: this program's own, of one version.

#include <string>
#include <vector>

#include "engines/sieve/findings.hpp"
#include "engines/sieve/people.hpp"

namespace jiuzhu::sieve {

/// What shares must have in common.
struct ShareTerms {
  Share share;
  std::uint32_t window_bytes = 0;
  std::uint64_t plan = 0;    // plan_fingerprint
  std::uint64_t people = 0;  // People::fingerprint

  bool are_of_one_run(const ShareTerms& other) const {
    return share.count == other.share.count && window_bytes == other.window_bytes && plan == other.plan &&
           people == other.people;
  }
};

/// Of everything in a plan that decides what is found, without the folders of files.
std::uint64_t plan_fingerprint(const Plan& plan);

/// The file appears whole. Uses up the spools. Throws std::system_error.
void write_share(const std::string& path, const ShareTerms& terms, const Plan& plan, Findings& findings);

/// Joins shares, one after the other.
class ShareJoiner {
 public:
  /// `terms`: of this run; its share's index does not matter. All must outlive this.
  ShareJoiner(const ShareTerms& terms, const Plan& plan, std::size_t households, Findings& findings);

  /// Refuses with "sieve.file_unreadable", "sieve.share_unreadable" {file}, "sieve.share_of_another_run" {file},
  /// "sieve.share_twice" {file, share}.
  Status join(const std::string& path);
  /// When all are there: refuses with "sieve.shares_missing" {shares}, and with "sieve.share_begins_elsewhere" {file,
  /// share} where a share took the middle of a quoted field for something else.
  Status finish();

 private:
  struct Part {
    std::uint32_t share = 0;
    FileWindows windows;
  };
  Status join_windows(const Source& source, std::size_t file, std::vector<Part>& parts, FileWindows& joined) const;

  ShareTerms terms_;
  const Plan& plan_;
  std::size_t households_;
  Findings& findings_;
  Spool::Writer values_;
  Spool::Writer hits_;
  Spool::Writer malformed_;
  Spool::Writer candidates_;
  std::vector<bool> is_there_;
  std::vector<std::vector<std::vector<Part>>> parts_;  // by source and file
};

}  // namespace jiuzhu::sieve
