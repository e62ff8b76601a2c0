// Every message key that the program uses has a text in both languages, with the same placeholders.
//
// A dotted word ("user.not_found") in a string literal is taken for a message key unless the code around it says that it
// is something else: an SQL statement's name, an audit action, a log event, a vault context, a file name. Names whose
// surroundings do not tell stand in other_names.txt. A word that ends in "_" is the beginning of keys put together.
import { readCpp } from './cpp_text.mjs';
import { finding, isCpp, isTestCode, lineAt } from './repository.mjs';

const folder = 'locales';
const languages = ['zh-CN', 'en'];
const others = 'tools/checks/other_names.txt';

const dotted = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$/;
const fileName = /\.(csv|xlsx|yaml|json|sql|hpp|xml|zip|db|key|html|txt|css|js|pdf|bin|gz|br|log|new)$/;
const before = [
  /\bStatement\b[^;{}]*[{(]\s*$/, // constexpr Statement kFind{"cases.find", …
  /\.action\s*=\s*(?:[^;,]*\?[^;,]*)?$/, // .action = "user.created"
  /\b[a-z_]+_entry\(\s*$/, // act.record(user_entry("user.renamed", …
  /\blog::[a-z_]+\(\s*$/, // log::warn("http.accept_failed", …
  /\{\s*[45]\d\d,\s*$/, // {408, "http.too_slow", "The request took …"}: the transport's problems carry their own text
  /\bk[A-Za-z]*(Context|Action|Event)(\[\])?\s*(=|\{)\s*$/, // constexpr std::string_view kTotpContext = "user.totp_secret"
];
const after = /^\s*,\s*(R"[a-z]*\(|")\s*(select|insert|update|delete|with|create|drop|alter|begin|lock)\b/i;

/** { key → { text, line } } of one locale file, and findings about its form. */
function readLocale(path, text) {
  const entries = new Map();
  const findings = [];
  try {
    JSON.parse(text);
  } catch (error) {
    return { entries, findings: [finding(path, 1, `is not JSON: ${error.message}`, 'correct it')] };
  }
  for (const match of text.matchAll(/^\s*("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*")/gm)) {
    const key = JSON.parse(match[1]);
    const line = lineAt(text, match.index + match[0].indexOf('"'));
    if (entries.has(key)) findings.push(finding(path, line, `"${key}" stands twice`, 'keep one'));
    if (JSON.parse(match[2]).trim() === '') findings.push(finding(path, line, `"${key}" has no text`, 'write it'));
    entries.set(key, { text: JSON.parse(match[2]), line });
  }
  return { entries, findings };
}

const placeholders = (text) => [...new Set([...text.matchAll(/\{([a-z_0-9]+)\}/g)].map((match) => match[1]))].sort().join(', ');

function compareLocales(locales) {
  const findings = [];
  for (const [language, other] of [languages, [...languages].reverse()]) {
    for (const [key, { text, line }] of locales[language]) {
      const path = `${folder}/${language}.json`;
      const twin = locales[other].get(key);
      if (!twin) {
        findings.push(finding(path, line, `"${key}" is missing in ${other}.json`, 'write its text there too'));
      } else if (language === languages[0] && placeholders(text) !== placeholders(twin.text)) {
        findings.push(finding(path, line, `"${key}" has {${placeholders(text)}} here but {${placeholders(twin.text)}} in ${other}.json`,
          'use the same placeholders in both'));
      }
    }
  }
  return findings;
}

const readOthers = (text) => new Set(text.split('\n').map((line) => line.replace(/#.*/, '').trim()).filter(Boolean));

/** Dotted words of one file that can only be message keys: [{ key, line }]. */
export function messageKeysOf(text) {
  const { literals, code } = readCpp(text);
  return literals
    .filter(({ value, start, end }) => {
      if (!dotted.test(value) || fileName.test(value)) return false;
      const lead = code.slice(Math.max(0, start - 200), start);
      return !before.some((pattern) => pattern.test(lead)) && !after.test(code.slice(end, end + 200));
    })
    .map(({ value, start }) => ({ key: value, line: lineAt(text, start) }));
}

export function checkMessages(repository) {
  const findings = [];
  const locales = {};
  for (const language of languages) {
    const path = `${folder}/${language}.json`;
    const locale = readLocale(path, repository.read(path) ?? '{}');
    locales[language] = locale.entries;
    findings.push(...locale.findings);
  }
  findings.push(...compareLocales(locales));
  const known = readOthers(repository.paths.includes(others) ? repository.read(others) : '');
  const hasText = (key) => languages.some((language) =>
    key.endsWith('_') ? [...locales[language].keys()].some((name) => name.startsWith(key)) : locales[language].has(key));
  const reported = new Set(known);
  for (const path of repository.paths.filter((name) => isCpp(name) && !isTestCode(name))) {
    for (const { key, line } of messageKeysOf(repository.read(path))) {
      if (reported.has(key) || hasText(key)) continue;
      reported.add(key);
      findings.push(finding(path, line, `"${key}" has no text in ${folder}/`,
        `write it in ${languages.map((language) => `${language}.json`).join(' and ')}; if it is no message key, name it in ${others}`));
    }
  }
  return findings;
}
