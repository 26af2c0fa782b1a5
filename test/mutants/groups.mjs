/**
 * What is mutated together, and the fast tests that have to notice.
 *
 * @type {Record<string, { mutate: RegExp, tests: string[], jsdom?: true }>}
 */
export const groups = {
  core: {
    mutate: /^src\/core\//,
    tests: ['test/{core,simulation,testing,msw,django}/**/*.test.ts'],
  },
  browser: {
    mutate: /^src\/browser\//,
    tests: ['test/{react,dialog,query,page}/**/*.test.{ts,tsx}', 'test/core/httpTransport.test.ts'],
    jsdom: true,
  },
  dialog: {
    mutate: /^src\/dialog\//,
    tests: ['test/{react,dialog}/**/*.test.{ts,tsx}'],
    jsdom: true,
  },
  http: {
    mutate: /^server-reference\/(watch\/)?(?!(memoryStore|subjectIndex|shardedMap|demo)\.ts)[^/]+$/,
    tests: [
      'test/server-reference/{,parts/}*.test.ts',
      'test/server-reference/watch/*.test.ts',
      'test/server-reference/faults/bodies.test.ts',
    ],
  },
  stores: {
    mutate: /^server-reference\/((memoryStore|subjectIndex|shardedMap)\.ts$|(redis|postgres)\/)/,
    tests: [
      'test/server-reference/{stores,parts}/*.test.ts',
      'test/server-reference/createSessionSecurity.test.ts',
      'test/server-reference/watch/*.test.ts',
      'test/server-reference/faults/{clients,eviction}.test.ts',
    ],
  },
}
