import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArguments, chromiumPath } from './test/support/browser/chromium.js'

// `npm run test:matrix` names others.
const react18 =
  process.env.REACT_UNDER_TEST ?? resolve(import.meta.dirname, 'test/react-18/node_modules')
const componentTests = ['test/unit/{react,dialog,query}/**/*.test.{ts,tsx}']

export default defineConfig({
  plugins: [react()],
  publicDir: false,
  // The demo and the examples import this package by its name, as who copies them does. The paths in
  // tsconfig.json lead each name to its source, for the compiler, Vite, vitest and knip alike.
  resolve: { tsconfigPaths: true },
  build: {
    target: 'es2022',
    sourcemap: true,
    minify: false,
    lib: {
      entry: [
        ...filesIn('src'),
        ...filesIn('src/messages'),
        ...['index', 'redis', 'postgres'].map((name) => `server-reference/${name}.ts`),
      ],
      formats: ['es'],
    },
    rolldownOptions: {
      // An inlined constant would leave a bare import behind, at which bundlers warn.
      optimization: { inlineConst: false },
      external: /^(react|react-dom|@tanstack\/|@radix-ui\/|msw|cookie|on-headers|node:)/,
      // One output file a source file: joined chunks lose their "use client".
      output: { preserveModules: true, preserveModulesRoot: '.', entryFileNames: '[name].js' },
    },
  },
  test: {
    // By itself vitest leaves one core of two to the machine.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          environment: 'node',
          testTimeout: 30_000,
          include: [
            'test/unit/{protocol,core,django,msw}/**/*.test.ts',
            'test/{simulation,repository}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'jsdom',
          include: [...componentTests, 'test/unit/browser/**/*.test.ts'],
          setupFiles: ['test/support/jsdom/jsdom.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        resolve: {
          alias: [
            // Its CommonJS build would require the other React.
            {
              find: /^@testing-library\/react$/,
              replacement: '@testing-library/react/dist/@testing-library/react.esm.js',
            },
            { find: /^react$/, replacement: resolve(react18, 'react') },
            { find: /^react\/(.*)$/, replacement: resolve(react18, 'react/$1') },
            { find: /^react-dom$/, replacement: resolve(react18, 'react-dom') },
            { find: /^react-dom\/(.*)$/, replacement: resolve(react18, 'react-dom/$1') },
          ],
        },
        test: {
          name: 'react-18',
          environment: 'jsdom',
          include: componentTests,
          setupFiles: ['test/support/jsdom/jsdom.ts'],
          testTimeout: 30_000,
          // Libraries are transformed too, so that they get the same React as the tests.
          server: {
            deps: {
              inline: [
                /@testing-library\/react/,
                /@radix-ui/,
                /@tanstack/,
                /react-remove-scroll/,
                /use-callback-ref/,
                /use-sidecar/,
                /react-style-singleton/,
              ],
            },
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          environment: 'node',
          include: ['test/{server,examples,demo}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          environment: 'node',
          include: ['test/{package,docs}/**/*.test.ts'],
          globalSetup: ['test/support/package/pack.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          environment: 'node',
          include: ['test/browser/timing/**/*.test.{ts,tsx}'],
          globalSetup: ['test/support/demo/buildDemo.ts'],
          // Timing is measured here: one file at a time, on a machine that does nothing else.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser-pages',
          environment: 'node',
          include: ['test/browser/pages/**/*.test.ts'],
          globalSetup: ['test/support/demo/buildDemo.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser-long',
          environment: 'node',
          include: ['test/browser/long/**/*.test.ts'],
          globalSetup: ['test/support/demo/buildDemo.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'interop',
          environment: 'node',
          include: ['test/browser/django/**/*.test.ts'],
          globalSetup: ['test/support/django/buildPage.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser-dialog',
          environment: 'node',
          include: ['test/browser/dialog/**/*.test.ts'],
          globalSetup: ['test/support/browser/servePage.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        publicDir: '.storybook/public',
        plugins: [storybookTest({ configDir: '.storybook', disableAddonDocs: true })],
        test: {
          name: 'storybook',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromiumPath(), args: chromiumArguments },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})

function filesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`)
}
