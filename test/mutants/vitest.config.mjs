import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { groups } from './groups.mjs'

const group = groups[process.env.MUTANTS_GROUP ?? 'core']

/** The tests of one group. No projects: Stryker's runner would start all of them. */
export default defineConfig({
  plugins: [react()],
  resolve: { tsconfigPaths: true },
  test: {
    include: process.env.MUTANTS_TESTS?.split(' ') ?? group?.tests ?? [],
    testTimeout: 30_000,
    ...(group?.jsdom
      ? { environment: 'jsdom', setupFiles: ['test/support/jsdom/jsdom.ts'] }
      : { environment: 'node' }),
  },
})
