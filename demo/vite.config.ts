import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const output = resolve(import.meta.dirname, '../dist-demo')

// `vite build` makes the page, `vite build --ssr demo/server/demo.ts` its server.
export default defineConfig(({ isSsrBuild }) => ({
  root: resolve(import.meta.dirname, isSsrBuild ? '..' : 'client'),
  plugins: [react()],
  publicDir: false,
  // This package's own name leads to its sources: see vite.config.ts in the root.
  resolve: { tsconfigPaths: true },
  build: {
    target: 'es2022',
    outDir: isSsrBuild ? `${output}/server` : `${output}/client`,
    emptyOutDir: true,
    // The demo's Content-Security-Policy allows no data: addresses.
    assetsInlineLimit: 0,
    // All tabs show their warning in the same instant: Chromium is not to compile it only then.
    ...(!isSsrBuild && {
      rolldownOptions: { output: { postBanner: '//# allFunctionsCalledOnLoad' } },
    }),
  },
}))
