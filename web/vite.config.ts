import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import components from 'unplugin-vue-components/vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` shows a running server's pages with the working copy of the page: JIUZHU_SERVER=http://127.0.0.1:8080
const server = process.env.JIUZHU_SERVER ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    vue(),
    // Element Plus one component at a time, each with its own style, so that the first load stays small. Our own
    // components are imported by name: a reader should see where they come from.
    components({ dirs: [], resolvers: [ElementPlusResolver({ importStyle: 'css' })], dts: 'src/components.d.ts' }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: 'true', // Element Plus has components in this style
    __VUE_PROD_DEVTOOLS__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
  },
  build: {
    outDir: 'dist',
    sourcemap: false,
    // The browsers found in county offices (360, Qianxin) stand on Chromium 86 and later; Element Plus needs 85.
    target: ['chrome87', 'firefox78', 'safari14'],
    chunkSizeWarningLimit: 400,
  },
  server: { proxy: { '/api': { target: server, changeOrigin: false } } },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts'],
    css: false,
    server: { deps: { inline: ['element-plus'] } },
    setupFiles: ['src/app/test-setup.ts'],
  },
});
