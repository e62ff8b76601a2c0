// Each check finds what it should and stays silent otherwise: one repository made of strings for each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkComponents } from './components.mjs';
import { readCpp } from './cpp_text.mjs';
import { checkLinks } from './links.mjs';
import { checkMessages, messageKeysOf } from './messages.mjs';
import { repositoryOf } from './repository.mjs';
import { checkLocks, checkTexts } from './text.mjs';
import { checkThirdParty } from './third_party.mjs';

/** "file:line" of every finding. */
const places = (findings) => findings.map(({ file, line }) => `${file}:${line}`);
const keys = (text) => messageKeysOf(text).map(({ key }) => key);

test('C++ is read past comments, raw strings and digit marks', () => {
  const { literals, code } = readCpp('// "a"\nx = R"(b"c)" /* "d" */ + "e\\"f" + \'"\' + 1\'000 + "g";\n');
  assert.deepEqual(literals.map(({ value }) => value), ['b"c', 'e\\"f', 'g']);
  assert.equal(code.indexOf('x ='), 7);
});

const map = `# jiuzhu_component(commented out)
jiuzhu_component(base)
jiuzhu_component(platform/db DEPENDS base EXTERNAL SQLite::SQLite3)
jiuzhu_component(kernel/audit DEPENDS platform/db TEST_DEPENDS kernel/test)
jiuzhu_component(kernel/test DEPENDS kernel/audit)
`;

test('includes follow the map, through what the dependencies depend on', () => {
  const repository = repositoryOf({
    'src/CMakeLists.txt': map,
    'src/base/id.hpp': '',
    'src/platform/db/db.hpp': '#include "base/id.hpp"\n',
    'src/kernel/audit/audit.cpp': '#include "audit.hpp"\n#include "base/id.hpp"\n#include "platform/db/db.hpp"\n',
    'src/kernel/audit/audit.hpp': '',
    'src/kernel/audit/audit_test.cpp': '#include "kernel/test/world.hpp"\n',
    'src/kernel/test/world.hpp': '#include "kernel/audit/audit.hpp"\n',
  });
  assert.deepEqual(checkComponents(repository), []);
});

test('an include that the map does not allow is found, and one of a file that is not there', () => {
  const repository = repositoryOf({
    'src/CMakeLists.txt': map,
    'src/base/id.hpp': '\n#include "platform/db/db.hpp"\n',
    'src/platform/db/db.hpp': '#include "platform/db/gone.hpp"\n',
    'src/kernel/audit/audit.cpp': '#include "kernel/test/world.hpp"\n',
    'src/kernel/test/world.hpp': '',
    'src/kernel/stray/stray.cpp': '',
  });
  assert.deepEqual(places(checkComponents(repository)),
    ['src/base/id.hpp:2', 'src/kernel/audit/audit.cpp:1', 'src/kernel/stray/stray.cpp:1', 'src/platform/db/db.hpp:1']);
});

test('the map itself points down, has no circles, no twins and no unknown names', () => {
  const found = (text) => checkComponents(repositoryOf({ 'src/CMakeLists.txt': text })).map(({ problem }) => problem);
  assert.match(found('jiuzhu_component(base DEPENDS kernel/a)\njiuzhu_component(kernel/a)\n')[0], /base may not stand on kernel\/a/);
  assert.match(found('jiuzhu_component(engines/a DEPENDS platform/b)\njiuzhu_component(platform/b)\n')[0], /engines\/a may not/);
  assert.equal(found('jiuzhu_component(kernel/a DEPENDS kernel/b)\njiuzhu_component(kernel/b DEPENDS kernel/a)\n')
    .filter((problem) => /circle/.test(problem)).length, 2);
  assert.match(found('jiuzhu_component(base)\njiuzhu_component(base)\n')[0], /twice/);
  assert.match(found('jiuzhu_component(kernel/a DEPENDS base)\n')[0], /not declared/);
});

test('third-party headers stay where they are hidden; unknown ones are found anywhere', () => {
  const repository = repositoryOf({
    'src/kernel/a/a.hpp': '#include <boost/describe.hpp>\n#include <string>\n#include <sys/stat.h>\n#include <boost/json.hpp>\n',
    'src/platform/json/j.cpp': '#include <boost/json.hpp>\n// #include <boost/asio.hpp>\n',
    'src/platform/json/k.cpp': '#include <nlohmann/json.hpp>\n#include <gtest/gtest.h>\n',
    'src/platform/json/j_test.cpp': '#include <gtest/gtest.h>\n',
  });
  assert.deepEqual(places(checkThirdParty(repository)),
    ['src/kernel/a/a.hpp:4', 'src/platform/json/k.cpp:1', 'src/platform/json/k.cpp:2']);
});

test('message keys are told from the names of other things', () => {
  assert.deepEqual(keys('return refuse(ErrorCode::conflict, "user.twice");'), ['user.twice']);
  assert.deepEqual(keys('Error{.code = c, .key = "request.invalid", .fields = {{"/a", "field.empty"}}}'),
    ['request.invalid', 'field.empty']);
  assert.deepEqual(keys('constexpr Statement kFind{\n    "user.find", kQuery};'), []);
  assert.deepEqual(keys('tx.find<int>({"probe.one",\n  "select 1"})'), []);
  assert.deepEqual(keys('act.record({.action = "user.created", .id = 1});'), []);
  assert.deepEqual(keys('act.record(user_entry("user.renamed", target));'), []);
  assert.deepEqual(keys('log::warn("http.slow", {});'), []);
  assert.deepEqual(keys('constexpr std::string_view kTotpContext = "user.totp_secret";'), []);
  assert.deepEqual(keys('fail({408, "http.too_slow", "Too slow."})'), []);
  assert.deepEqual(keys('open("list.csv"); // "user.commented"'), []);
});

test('keys need a text, locales the same keys and placeholders', () => {
  const files = {
    'locales/zh-CN.json': '{\n  "a.one": "甲 {name}",\n  "a.two": "乙"\n}\n',
    'locales/en.json': '{\n  "a.one": "A {name}",\n  "a.two": "B"\n}\n',
    'src/base/a.cpp': 'refuse("a.one"); refuse("other.name");\n',
    'tools/checks/other_names.txt': 'other.name  # why\n',
  };
  assert.deepEqual(checkMessages(repositoryOf(files)), []);
  assert.deepEqual(places(checkMessages(repositoryOf({ ...files, 'src/base/a.cpp': '\nrefuse("a.three");\nrefuse("a.three");\n' }))),
    ['src/base/a.cpp:2']);
  assert.deepEqual(checkMessages(repositoryOf({ ...files, 'src/base/a.cpp': 'refuse("a.t_" + name); refuse("b.t_" + name);\n' }))
    .map(({ problem }) => problem.slice(0, 6)), ['"a.t_"', '"b.t_"']);
  const both = { 'locales/zh-CN.json': '{\n  "a.t_x": "甲"\n}\n', 'locales/en.json': '{\n  "a.t_x": "A"\n}\n' };
  assert.deepEqual(checkMessages(repositoryOf({ ...both, 'src/base/a.cpp': 'refuse("a.t_" + name);\n' })), []);
  const en = (text) => places(checkMessages(repositoryOf({ ...files, 'locales/en.json': text })));
  assert.deepEqual(en('{\n  "a.one": "A",\n  "a.two": "B"\n}\n'), ['locales/zh-CN.json:2']);
  assert.deepEqual(en('{\n  "a.one": "A {name}"\n}\n'), ['locales/zh-CN.json:3']);
  assert.deepEqual(en('{\n  "a.one": "A {name}",\n  "a.two": "B",\n  "a.two": "C",\n  "a.x": "D"\n}\n'),
    ['locales/en.json:4', 'locales/en.json:5']);
  assert.equal(en('{ "a.one": \n')[0], 'locales/en.json:1');
});

test('texts carry no unfinished work, no stray blanks, no missing newline, no endless file', () => {
  const bad = {
    'a.md': `ok\n${'TO' + 'DO'}: later\n`,
    'b.cpp': 'int a; \nint b;',
    'c.sql': 'x\n'.repeat(601),
    'd.cpp': `// ${'FIX' + 'ME'}: soon\n// ${'FIX' + 'ME'}(law): step 3\n`,
    'e.ts': 'a\n\n',
    'f.csv': 'x\n'.repeat(601),
  };
  assert.deepEqual(places(checkTexts(repositoryOf(bad))), ['a.md:2', 'b.cpp:2', 'b.cpp:1', 'c.sql:600', 'd.cpp:1', 'e.ts:2']);
});

test('lock files name no addresses', () => {
  const lock = (line) => places(checkLocks(repositoryOf({ 'web/package-lock.json': `{\n${line}\n}\n` })));
  assert.deepEqual(lock('"resolved": "https://registry.example/a.tgz",'), ['web/package-lock.json:2']);
  assert.deepEqual(lock('"resolved": "shared/a", "link": true'), []);
});

test('relative links lead to files and folders', () => {
  const repository = repositoryOf({
    'README.md': '[a](docs/a.md#part) [b](docs/) [c](https://example.org) [d](#here) `[e](gone.md)`\n```\n[f](gone.md)\n```\n[g](docs/gone.md)\n',
    'docs/a.md': '[up](../README.md) [out](../../shared/x.md) ![picture](p.png "t")\n',
    'docs/p.png': undefined,
  });
  assert.deepEqual(places(checkLinks(repository)), ['README.md:5', 'docs/a.md:1']);
});
