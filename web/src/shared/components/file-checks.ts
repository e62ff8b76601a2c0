/** Why a file would be refused; undefined when it may be sent. */
export function fileFault(file: { name: string; size: number }, endings: string[], maxBytes: number): 'wrong_kind' | 'too_large' | 'empty' | undefined {
  const name = file.name.toLowerCase();
  if (!endings.some((ending) => name.endsWith(ending.toLowerCase()))) return 'wrong_kind';
  if (file.size === 0) return 'empty';
  return file.size > maxBytes ? 'too_large' : undefined;
}

/** 1536 → "1.5 KB". */
export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 ** 2 ? [bytes / 1024, 'KB'] : bytes < 1024 ** 3 ? [bytes / 1024 ** 2, 'MB'] : [bytes / 1024 ** 3, 'GB'];
  return `${Number(value.toFixed(1))} ${unit}`;
}
