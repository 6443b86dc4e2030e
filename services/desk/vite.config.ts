import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** Builds the browser part (`web`) into `dist`, which desk serves; nothing in it is fetched from elsewhere. */
const config = defineConfig({
  root: fileURLToPath(new URL('web', import.meta.url)),
  plugins: [react(), compressFiles()],
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    target: 'es2023',
    // The content security policy allows fonts and pictures from our own address only, so nothing becomes a data: URL.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // What most pages use comes as one file: many small ones are more bytes, and more that may fail to come. What belongs
      // to one role stays out of it.
      output: { codeSplitting: { groups: [{ name: 'common', minShareCount: 8, test: isOfEveryRole }] } },
      treeshake: {
        // The browser uses types and words of the contracts, not their shapes: without this the shapes would bring their
        // parser along, which compiles code, and our content security policy forbids that.
        manualPureFunctions: ['z'],
        moduleSideEffects: [{ test: /packages\/(contracts|vocabulary)\//, sideEffects: false }],
      },
    },
  },
})

function isOfEveryRole(id: string): boolean {
  return !/\/web\/(clerk|handler|manager|admin)\//.test(id)
}

/** Puts beside each script, style and picture what desk sends to browsers that read Brotli or gzip. */
function compressFiles(): Plugin {
  return {
    name: 'compress-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (!/\.(js|css|svg)$/.test(file.fileName)) continue
          const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.br`, source: brotliCompressSync(bytes) })
          this.emitFile({ type: 'asset', fileName: `${file.fileName}.gz`, source: gzipSync(bytes, { level: 9 }) })
        }
      },
    },
  }
}

// Vite looks for a default export.
export { config as default }
