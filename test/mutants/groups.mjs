/**
 * The groups: which files are mutated together, and the fast tests that have to notice.
 *
 * @type {Record<string, { mutate: RegExp, tests: string[], jsdom?: true }>}
 */
export const groups = {
  core: {
    mutate: /^src\/(core|protocol|options)\//,
    tests: [
      'test/unit/{protocol,core,django,msw}/**/*.test.ts',
      'test/simulation/**/*.test.ts',
      'test/unit/react/**/*.test.{ts,tsx}',
    ],
    jsdom: true,
  },
  browser: {
    mutate: /^src\/browser\//,
    tests: ['test/unit/{browser,react,dialog,query}/**/*.test.{ts,tsx}'],
    jsdom: true,
  },
  dialog: {
    mutate: /^src\/dialog\//,
    tests: ['test/unit/{react,dialog}/**/*.test.{ts,tsx}'],
    jsdom: true,
  },
  http: {
    mutate: /^server-reference\/(?!stores\/(memory|redis|postgres)\/)/,
    tests: [
      'test/server/{,http/,options/,session/,stores/steadyClock}*.test.ts',
      'test/server/watch/*.test.ts',
      'test/server/faults/bodies.test.ts',
    ],
  },
  stores: {
    mutate: /^server-reference\/stores\/(memory|redis|postgres)\//,
    tests: [
      'test/server/stores/*.test.ts',
      'test/server/{createSessionSecurity,parts}.test.ts',
      'test/server/watch/*.test.ts',
      'test/server/faults/{clients,eviction}.test.ts',
    ],
  },
}
