#include "kernel/identity/bank_account.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "kernel/identity/secret_test.hpp"

namespace jiuzhu {
namespace {

using enum BankAccountKind;
static_assert(SecretByType<BankAccount>);

std::string key_of(const Result<BankAccount>& result) { return result ? "accepted" : result.error().key; }

/// The digit that completes a card number, by trying all ten against the definition written as a table.
std::string with_luhn(std::string digits) {
  constexpr int kDoubled[] = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    sum += i % 2 == 0 ? kDoubled[digit] : digit;
  }
  return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

rc::Gen<std::string> any_card() {
  return rc::gen::map(rc::gen::mapcat(rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(12, 19)),
                                      [](std::size_t length) {
                                        return rc::gen::container<std::string>(
                                            length, rc::gen::inRange('0', static_cast<char>('9' + 1)));
                                      }),
                      with_luhn);
}

TEST(Luhn, KnownNumbers) {
  EXPECT_TRUE(satisfies_luhn("79927398713"));
  for (const char* wrong : {"79927398710", "79927398712", "79927398719"}) EXPECT_FALSE(satisfies_luhn(wrong));
}

TEST(BankAccount, AcceptsCardsAsTheyArePrinted) {
  for (const char* text :
       {"4539578763621486", "4539 5787 6362 1486", "4539-5787-6362-1486", " ４５３９５７８７６３６２１４８６　"}) {
    EXPECT_EQ(BankAccount::parse(bank_card, text).value().reveal(), "4539578763621486") << text;
  }
}

TEST(BankAccount, RefusesWithDistinctKeys) {
  struct Case {
    BankAccountKind kind;
    std::string text;
    const char* key;
  };
  for (const Case& c : {
           Case{bank_card, "4539578763621487", "bank_account.check_digit"},
           Case{bank_card, "", "bank_account.length"},
           Case{bank_card, with_luhn("12345678901"), "bank_account.length"},
           Case{bank_card, with_luhn("123456789012"), "accepted"},
           Case{bank_card, with_luhn("123456789012345678"), "accepted"},
           Case{bank_card, with_luhn("1234567890123456789"), "bank_account.length"},
           Case{bank_card, "4539578763621486a", "bank_account.characters"},
           Case{passbook, "4539578763621487", "accepted"},
           Case{passbook, "1234567", "bank_account.length"},
           Case{passbook, "12345678", "accepted"},
           Case{passbook, std::string(32, '7'), "accepted"},
           Case{passbook, std::string(33, '7'), "bank_account.length"},
           Case{passbook, "一二三四五六七八", "bank_account.characters"},
       }) {
    EXPECT_EQ(key_of(BankAccount::parse(c.kind, c.text)), c.key) << c.text;
  }
  EXPECT_EQ(BankAccount::parse(passbook, "1").error().params, (MessageParams{{"min", "8"}, {"max", "32"}}));
  EXPECT_EQ(BankAccount::parse(bank_card, "1").error().params, (MessageParams{{"min", "13"}, {"max", "19"}}));
}

RC_GTEST_PROP(BankAccount, AnyOneWrongDigitOfACardIsNoticed, ()) {
  const std::string card = *any_card();
  std::string wrong = card;
  wrong[*rc::gen::inRange<std::size_t>(0, card.size())] = *rc::gen::inRange('0', static_cast<char>('9' + 1));
  RC_PRE(wrong != card);
  RC_ASSERT(BankAccount::parse(bank_card, card).has_value());
  RC_ASSERT(!BankAccount::parse(bank_card, wrong).has_value());
}

RC_GTEST_PROP(BankAccount, SwappedNeighboursAreNoticedButForNinety, ()) {
  const std::string card = *any_card();
  std::string wrong = card;
  const std::size_t at = *rc::gen::inRange<std::size_t>(0, card.size() - 1);
  std::swap(wrong[at], wrong[at + 1]);
  const std::string pair = card.substr(at, 2);
  RC_PRE(wrong != card && pair != "09" && pair != "90");  // Luhn's known blind spot
  RC_ASSERT(!BankAccount::parse(bank_card, wrong).has_value());
}

RC_GTEST_PROP(BankAccount, MaskShowsTheLastFourOnly, ()) {
  const std::string card = *any_card();
  const BankAccount account = BankAccount::parse(bank_card, card).value();
  RC_ASSERT(account.masked() == std::string(card.size() - 4, '*') + card.substr(card.size() - 4));
  RC_ASSERT((account == BankAccount::parse(bank_card, account.reveal()).value()));
}

}  // namespace
}  // namespace jiuzhu
