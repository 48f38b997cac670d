import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const CLIENT = fileURLToPath(new URL('client/src/realtime/index.ts', import.meta.url))

/** The hooks, as packages import them (`yayin/react`), beside the client library, which they use as it is. */
export default defineConfig({
  publicDir: false,
  clearScreen: false,
  build: {
    outDir: fileURLToPath(new URL('dist/client/lib', import.meta.url)),
    emptyOutDir: false,
    target: 'baseline-widely-available',
    sourcemap: true,
    lib: {
      entry: { react: fileURLToPath(new URL('client/src/react/index.ts', import.meta.url)) },
      formats: ['es'],
    },
    rolldownOptions: {
      // React is the app's own; the client is the file beside.
      external: ['react', CLIENT],
      output: { minify: true, entryFileNames: '[name].js', paths: { [CLIENT]: './client.js' } },
    },
  },
})
