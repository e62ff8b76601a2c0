// The program itself, as an operator meets it: commands with their exit codes, and a server to start and to stop.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

export class Program {
  constructor(path, environment = {}) {
    this.path = path;
    this.environment = { ...process.env, LANG: 'en_GB.UTF-8', ...environment };
  }

  /// { code, out, err } of one command.
  async run(...words) {
    return this.pipe('', ...words);
  }

  /// The same with something on its standard input.
  async pipe(input, ...words) {
    const child = spawn(this.path, words, { env: this.environment, stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {}); // it need not read all of it
    child.stdin.end(input);
    const text = { out: '', err: '' };
    child.stdout.on('data', (piece) => (text.out += piece));
    child.stderr.on('data', (piece) => (text.err += piece));
    const [code] = await once(child, 'close');
    return { code, ...text };
  }

  async succeed(...words) {
    const result = await this.run(...words);
    if (result.code !== 0) throw new Error(`${words.join(' ')}: exit ${result.code}\n${result.out}${result.err}`);
    return result;
  }

  /// Serves the folder and sets BASE_URL; returns the child, to be ended with a signal.
  async serve(folder, ...words) {
    const child = spawn(this.path, ['serve', '--demo', '--data', folder, '--port', '0', ...words], {
      env: this.environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => child.kill('SIGKILL')); // a scenario that fails leaves no server behind
    process.env.BASE_URL = await new Promise((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(String(text).trim()));
      child.once('exit', (code) => reject(new Error(`the program did not start (${code})`)));
    });
    return child;
  }
}

export async function end(child, signal = 'SIGTERM') {
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
