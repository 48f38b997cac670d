import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** The client library, as packages import it (`yayin/client`) and as every hub serves it, at `/lib/client.js`. */
export default defineConfig({
  publicDir: false,
  clearScreen: false,
  build: {
    outDir: fileURLToPath(new URL('dist/client/lib', import.meta.url)),
    target: 'baseline-widely-available',
    // Without a line in the file that leads to it, which would be one more thing to load.
    sourcemap: 'hidden',
    lib: {
      entry: { client: fileURLToPath(new URL('client/src/realtime/index.ts', import.meta.url)) },
      formats: ['es'],
    },
    rolldownOptions: {
      output: { minify: true, comments: false, entryFileNames: '[name].js', chunkFileNames: 'assets/[name]-[hash].js' },
    },
  },
})
