// Just enough of C++'s spelling to tell comments, string literals and code apart.

/** { literals: [{ value, start, end }], code }: code is the text with comments blanked, offsets unchanged. */
export function readCpp(text) {
  const literals = [];
  let code = '';
  let at = 0;
  const blank = (end) => {
    code += text.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  };
  const keep = (end) => {
    code += text.slice(at, end);
    at = end;
  };
  const endOf = (mark, from) => {
    const found = text.indexOf(mark, from);
    return found === -1 ? text.length : found + mark.length;
  };
  while (at < text.length) {
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      blank(end === -1 ? text.length : end);
    } else if (text.startsWith('/*', at)) {
      blank(endOf('*/', at + 2));
    } else if (text.startsWith('R"', at) && !/[A-Za-z0-9_]/.test(text[at - 1] ?? '')) {
      const open = text.indexOf('(', at);
      const close = `)${text.slice(at + 2, open)}"`;
      const end = endOf(close, open);
      literals.push({ value: text.slice(open + 1, end - close.length), start: at, end });
      keep(end);
    } else if (text[at] === '"') {
      const end = endOfQuoted(text, at, '"');
      literals.push({ value: text.slice(at + 1, end - 1), start: at, end });
      keep(end);
    } else if (text[at] === "'" && !/[0-9a-fA-F]/.test(text[at - 1] ?? '')) {  // not the mark inside 1'000
      keep(endOfQuoted(text, at, "'"));
    } else {
      keep(at + 1);
    }
  }
  return { literals, code };
}

function endOfQuoted(text, start, mark) {
  for (let at = start + 1; at < text.length; ++at) {
    if (text[at] === '\\') ++at;
    else if (text[at] === mark || text[at] === '\n') return at + 1;
  }
  return text.length;
}
