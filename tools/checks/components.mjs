// Reads the map of the building, src/CMakeLists.txt, and checks that includes follow it.
import { dirname } from 'node:path/posix';
import { readCpp } from './cpp_text.mjs';
import { finding, isCpp, isTestCode, lineAt } from './repository.mjs';

const map = 'src/CMakeLists.txt';

// What may stand on what (docs: ARCHITECTURE.md). Engines are pure: they know no database, clock or network.
const floors = {
  base: ['base'],
  platform: ['base', 'platform'],
  engines: ['base', 'engines'],
  kernel: ['base', 'platform', 'engines', 'kernel'],
  modules: ['base', 'platform', 'engines', 'kernel', 'modules'],
};
// docs/decisions/0014: the sieve reads gigabytes a second by itself.
const besides = { 'engines/sieve': ['platform/files', 'platform/json'] };
const floorOf = (path) => path.split('/')[0];

/** Map of path → { line, depends, testDepends }, and findings about the map itself. */
export function readComponents(text) {
  const components = new Map();
  const findings = [];
  const code = text.replace(/#.*/g, (comment) => ' '.repeat(comment.length));
  for (const call of code.matchAll(/jiuzhu_component\(([^)]*)\)/g)) {
    const [path, ...words] = call[1].trim().split(/\s+/);
    const component = { line: lineAt(text, call.index), depends: [], testDepends: [] };
    let list = null;
    for (const word of words) {
      if (word === 'DEPENDS') list = component.depends;
      else if (word === 'TEST_DEPENDS') list = component.testDepends;
      else if (word === 'EXTERNAL') list = null;
      else list?.push(word);
    }
    if (components.has(path)) {
      findings.push(finding(map, component.line, `${path} is declared twice`, 'keep one jiuzhu_component call'));
    } else {
      components.set(path, component);
    }
  }
  return { components, findings };
}

function checkMap(components) {
  const findings = [];
  for (const [path, { line, depends, testDepends }] of components) {
    for (const name of [...depends, ...testDepends]) {
      if (!components.has(name)) {
        findings.push(finding(map, line, `${path} depends on ${name}, which is not declared`, 'correct the name'));
      }
    }
    for (const name of depends) {
      if (!floors[floorOf(path)]?.includes(floorOf(name)) && !besides[path]?.includes(name)) {
        findings.push(finding(map, line, `${path} may not stand on ${name}`,
          `${floorOf(path)} leans only on ${floors[floorOf(path)]?.join(', ') ?? 'nothing known'}: move the code down, or pass it in`));
      }
    }
    if (reach(components, depends).has(path)) {
      findings.push(finding(map, line, `${path} depends on itself in a circle`, 'move what both need into a third component'));
    }
  }
  return findings;
}

/** Everything that the names lead to, themselves included. */
function reach(components, names) {
  const reached = new Set();
  const open = [...names];
  while (open.length > 0) {
    const name = open.pop();
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(components.get(name)?.depends ?? []));
  }
  return reached;
}

export function checkComponents(repository) {
  if (!repository.paths.includes(map)) return [];
  const { components, findings } = readComponents(repository.read(map));
  findings.push(...checkMap(components));
  for (const path of repository.paths.filter((name) => name.startsWith('src/') && isCpp(name))) {
    findings.push(...checkIncludes(repository, components, path));
  }
  return findings;
}

function checkIncludes(repository, components, path) {
  const own = dirname(path).slice('src/'.length);
  const component = components.get(own);
  if (!component) {
    return [finding(path, 1, `src/${own} is no component, so nothing builds this file`, `declare it in ${map}`)];
  }
  const { depends, testDepends } = component;
  const allowed = reach(components, isTestCode(path) ? [own, ...depends, ...testDepends] : [own, ...depends]);
  const findings = [];
  const { code } = readCpp(repository.read(path));
  for (const include of code.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"]+)"/gm)) {
    const line = lineAt(code, include.index);
    const header = include[1];
    const target = repository.exists(`src/${header}`) ? dirname(header) : own;
    if (target === own && !repository.exists(`src/${header}`) && !repository.exists(`src/${own}/${header}`)) {
      findings.push(finding(path, line, `there is no header "${header}"`, 'write its path from src/'));
    } else if (!allowed.has(target)) {
      findings.push(finding(path, line, `${own} includes "${header}", but does not depend on ${target}`,
        `name ${target} in DEPENDS of ${own} in ${map} if that points down; otherwise pass what you need in`));
    }
  }
  return findings;
}
