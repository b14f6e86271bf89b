import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

export default defineConfig({
  main: {
    build: {
      // Bundled into a few files, the app starts faster and nothing but the two native modules is installed beside it.
      externalizeDeps: false,
      rolldownOptions: {
        // `debug` uses supports-color where it is installed; ours is there for a tool, and does not ship.
        external: ['electron', 'keytar', 'better-sqlite3', 'supports-color'],
        // The daemon and the keychain's process are programs of their own, forked by main as utility processes.
        input: {
          index: resolve(here, 'src/main/index.ts'),
          daemon: resolve(here, 'src/daemon/index.ts'),
          keychain: resolve(here, 'src/keytar/index.ts'),
        },
        // Beside the entries: what is loaded later finds daemon, preload and pages from where it lies.
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: resolve(here, 'src/preload/index.ts'),
        // A sandboxed preload has to be CommonJS: https://www.electronjs.org/docs/latest/tutorial/esm
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'src/renderer'),
    plugins: [react()],
    build: {
      rolldownOptions: { input: resolve(here, 'src/renderer/index.html') },
      // Inlined assets would need `data:` in the policy for scripts and styles.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});
