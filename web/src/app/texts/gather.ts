/** "/src/features/users/texts/en.json" → "users"; "/src/shared/texts/en.json" → "shared". */
export function gather(files: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(files).map(([path, texts]) => [/([^/]+)\/texts\//.exec(path)?.[1] ?? path, texts]));
}
