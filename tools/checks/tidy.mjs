// Runs every check over the repository; exits 1 where one found something.
import { fileURLToPath } from 'node:url';
import { checkComponents } from './components.mjs';
import { checkFormatting } from './formatting.mjs';
import { checkLinks } from './links.mjs';
import { checkMessages } from './messages.mjs';
import { openRepository } from './repository.mjs';
import { checkLocks, checkTexts } from './text.mjs';
import { checkThirdParty } from './third_party.mjs';

const checks = [checkComponents, checkThirdParty, checkMessages, checkTexts, checkLocks, checkLinks, checkFormatting];

const repository = openRepository(fileURLToPath(new URL('../..', import.meta.url)));
const findings = checks.flatMap((check) => check(repository));
for (const { file, line, problem, remedy } of findings) console.log(`${file}:${line}: ${problem}. Remedy: ${remedy}`);
console.log(`tidy: ${repository.paths.length} files, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);
