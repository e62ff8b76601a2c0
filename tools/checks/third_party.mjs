// Each family of third-party headers is hidden by one folder, so that it can be replaced there, and its cost in compile
// time is paid there (Beast: 18 s a file).
import { readCpp } from './cpp_text.mjs';
import { finding, isCpp, isTestCode, lineAt } from './repository.mjs';

const anywhere = () => true;
const inFolder = (...folders) => (path) => folders.some((folder) => path.startsWith(`${folder}/`));

// [header, who may include it, where that is]. The first match counts.
const families = [
  [/^boost\/(describe|mp11)(\.hpp|\/)/, anywhere, ''],
  [/^boost\/(asio|beast|url|system)(\.hpp|\/)/, inFolder('src/platform/http'), 'src/platform/http'],
  [/^boost\/json(\.hpp|\/)/, inFolder('src/platform/json'), 'src/platform/json'],
  // The benchmarks compare with plain sqlite3, so they include it plainly.
  [/^sqlite3\.h/, inFolder('src/platform/db', 'apps/bench'), 'src/platform/db and apps/bench'],
  [/^(libpq-fe\.h|SQLiteCpp\/)/, inFolder('src/platform/db'), 'src/platform/db'],
  [/^(botan|openssl)\//, inFolder('src/platform/crypto'), 'src/platform/crypto'],
  [/^(xlsxwriter\.h|zip\.h|expat\.h|unicode\/|cairo|pango|qrencode\.h|csv\.h)/, inFolder('src/platform/files'), 'src/platform/files'],
  [/^(spdlog|fmt)\//, inFolder('src/platform/log'), 'src/platform/log'],
  [/^zstd\.h$/, inFolder('src/platform/files'), 'src/platform/files'],
  [/^immintrin\.h$/, inFolder('src/engines/sieve'), 'src/engines/sieve'],
  [/^zlib\.h$/, inFolder('src/platform/http', 'src/platform/files'), 'src/platform/http and src/platform/files'],
  [/^yaml-cpp\//, inFolder('src/platform/yaml'), 'src/platform/yaml'],
  [/^toml\+\+\//, inFolder('src/platform/config'), 'src/platform/config'],
  [/^CLI\//, inFolder('apps'), 'apps'],
  [/^(gtest|gmock|rapidcheck)(\.h|\/)/, isTestCode, 'tests'],
  [/^benchmark\//, inFolder('apps/bench'), 'apps/bench'],
];

// The C++ library, and what the system itself offers.
const ownOfSystem = /^(c?[a-z0-9_]+|(sys|netinet|arpa)\/[a-z0-9_]+\.h|(unistd|fcntl|malloc|iconv|pthread|signal|spawn|pwd|netdb|poll|dirent|dlfcn|glob|termios)\.h)$/;

export function checkThirdParty(repository) {
  const findings = [];
  for (const path of repository.paths.filter(isCpp)) {
    const { code } = readCpp(repository.read(path));
    for (const include of code.matchAll(/^[ \t]*#[ \t]*include[ \t]*[<"]([^>"]+)[>"]/gm)) {
      const header = include[1];
      const family = families.find(([pattern]) => pattern.test(header));
      const line = lineAt(code, include.index);
      if (family && !family[1](path)) {
        findings.push(finding(path, line, `<${header}> may be included only in ${family[2]}`,
          'use the words that folder offers, or add to them what is missing'));
      } else if (!family && include[0].includes('<') && !ownOfSystem.test(header)) {
        findings.push(finding(path, line, `<${header}> belongs to no known family`,
          'hide it in one folder of src/platform and name that in tools/checks/third_party.mjs'));
      }
    }
  }
  return findings;
}
