/** Choices of an enumeration, each with its text. */
export function choicesOf<Value extends string>(values: readonly Value[], text: (value: Value) => string): { value: Value; text: string }[] {
  return values.map((value) => ({ value, text: text(value) }));
}
