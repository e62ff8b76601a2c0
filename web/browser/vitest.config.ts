import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Journeys through a running server: BASE_URL=http://127.0.0.1:8080 npm run browser
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../node_modules/.vite', import.meta.url)), // otherwise browser/node_modules
  // vitest sets BASE_URL to "/" inside the tests, so the address travels under another name.
  test: {
    env: { JIUZHU_URL: process.env.BASE_URL ?? '' },
    environment: 'node',
    include: ['**/*.test.ts'],
    testTimeout: 120_000, // may wait a minute before it is let in
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
