const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An invented citizen's number: the prefix was never given to a region. */
export function inventedNumber(birth: string, sequence: number): string {
  const digits = `140399${birth}${String(sequence).padStart(3, '0')}`;
  return digits + '10X98765432'[weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0) % 11];
}
