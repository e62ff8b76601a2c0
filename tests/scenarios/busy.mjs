// Somebody else writes into SQLite for long: reading goes on, writing is told so, and nothing of it stays behind.
//   node busy.mjs PROGRAM FOLDER

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Desk } from './client.mjs';
import { household } from './household.mjs';
import { Program, end } from './program.mjs';

const [path, folder] = process.argv.slice(2);
const program = new Program(path);
await program.succeed('demo', '--data', folder);
const server = await program.serve(folder);
const desk = await Desk.of('assistant');
const before = (await desk.act('GET', '/cases')).items.map((item) => item.id);

const writer = spawn('sqlite3', [`${folder}/jiuzhu.db`], { stdio: ['pipe', 'pipe', 'inherit'] });
writer.stdin.write('begin immediate;\nselect 1;\n');
await once(writer.stdout, 'data');

const refused = await desk.send('POST', '/cases', household(desk.today));
assert.deepEqual([refused.status, refused.body.key], [503, 'database.busy']);
assert.equal((await desk.act('GET', '/cases')).items.length, before.length);

writer.stdin.end('rollback;\n');
await once(writer, 'exit');
const after = (await desk.act('GET', '/cases')).items.map((item) => item.id);
assert.deepEqual(after, before);
await desk.act('POST', '/cases', household(desk.today));
await end(server);
console.log('busy: ok');
