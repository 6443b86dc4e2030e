import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the browser part (`web`) into `dist`, which desk serves; nothing in it is fetched from elsewhere. */
const config = defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows fonts and pictures from our own address only, so nothing becomes a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // What most pages use comes as one file: many small ones are more bytes, and more that may fail to come.
      output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 8 }] } },
      treeshake: {
        // The browser uses types and words of the contracts, not their shapes: without this the shapes would bring their
        // parser along, which compiles code, and our content security policy forbids that.
        manualPureFunctions: ['z'],
        moduleSideEffects: [{ test: /packages\/(contracts|vocabulary)\//, sideEffects: false }],
      },
    },
  },
})

// Vite looks for a default export.
export { config as default }
