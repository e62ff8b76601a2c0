/** Where to go after signing in. Only a path of this site: "//elsewhere" and "/\elsewhere" would lead away from it. */
export function returnPath(asked: unknown): string {
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) && !asked.startsWith('/login') ? asked : '/';
}
