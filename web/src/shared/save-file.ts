/** Hands a file that was fetched to the browser, to be saved under `name`. For files that only an act gives: a plain
 *  link cannot carry the token that acts need. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The browser has taken its reference by the next turn; Firefox has not yet in this one.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
