import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// The pictures of docs/tour: BASE_URL=http://127.0.0.1:8080 npm run tour. No part of `npm run browser`.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    env: { JIUZHU_URL: process.env.BASE_URL ?? '' },
    environment: 'node',
    include: ['tour.ts'],
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
