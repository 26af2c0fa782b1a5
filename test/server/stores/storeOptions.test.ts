import { Redis } from 'ioredis'
import pg from 'pg'
import { createClient } from 'redis'
import { describe, expect, test } from 'vitest'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { mistakesOf } from '../../support/servers/mistakesOf.js'

describe('redisStore', () => {
  const client = new Redis({ lazyConnect: true })

  test.each<[object, ...string[]]>([
    [
      { prefx: 'a' },
      'prefx: is not an option (did you mean "prefix"?); received a string of 1 characters',
    ],
    [{ evict: false }, 'evict: is not an option (did you mean "evicts"?); received false'],
    [{ retainEnde: 5 }, 'retainEnde: is not an option (did you mean "retainEnded"?); received 5'],
    [
      { confirmReplica: 1 },
      'confirmReplica: is not an option (did you mean "confirmReplicas"?); received 1',
    ],
    [{ prefix: 5 }, 'prefix: must be a string; received 5'],
    [{ evicts: true }, 'evicts: must be false or left out; received true'],
    [
      { retainEnded: 0 },
      'retainEnded: must be a time in whole milliseconds, more than 0; received 0',
    ],
    [
      { retainEnded: 1.5 },
      'retainEnded: must be a time in whole milliseconds, more than 0; received 1.5',
    ],
    [{ confirmReplicas: -1 }, 'confirmReplicas: must be a whole number of at least 0; received -1'],
    [
      { confirmWithin: 0 },
      'confirmWithin: must be a time in whole milliseconds, more than 0; received 0',
    ],
    [
      { maxPending: 0, prefix: null },
      'prefix: must be a string; received null',
      'maxPending: must be a whole number of at least 1; received 0',
    ],
  ])('names every mistake in its options: %o', (wrong, ...mistakes) => {
    expect(mistakesOf(() => redisStore(client, wrong))).toEqual(mistakes)
  })

  test('takes the smallest numbers that make sense', () => {
    const least = { retainEnded: 1, confirmReplicas: 0, confirmWithin: 1, maxPending: 1 }
    const options = { ...least, prefix: '', evicts: false } as const
    expect(mistakesOf(() => redisStore(client, options))).toEqual([])
    expect(mistakesOf(() => redisStore(createClient()))).toEqual([])
  })

  const missing = 'client: must be a client of ioredis, or of node-redis 5 or later; received '
  const [on, listenerCount, eval_, other] = Array.from({ length: 4 }, () => () => {})
  const listened = { on, listenerCount, eval: eval_ }

  test.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    ['redis://host', 'a string of 12 characters'],
    [{}, 'an object'],
    [
      { on, eval: eval_, evalsha: other, disconnect: other },
      'an object with on, eval, evalsha, disconnect',
    ],
    [
      { listenerCount, eval: eval_, evalsha: other, disconnect: other },
      'an object with listenerCount, eval, evalsha, disconnect',
    ],
    [
      { on, listenerCount, evalsha: other, disconnect: other },
      'an object with on, listenerCount, evalsha, disconnect',
    ],
    [{ ...listened, evalsha: other }, 'an object with on, listenerCount, eval, evalsha'],
    [{ ...listened, disconnect: other }, 'an object with on, listenerCount, eval, disconnect'],
    [{ ...listened, evalSha: other }, 'an object with on, listenerCount, eval, evalSha'],
    [
      { ...listened, withCommandOptions: other },
      'an object with on, listenerCount, eval, withCommandOptions',
    ],
    [
      { ...listened, evalsha: 'text', disconnect: 5 },
      'an object with on, listenerCount, eval, evalsha, disconnect',
    ],
  ])('is refused what is no client: %o', (wrong, shown) => {
    expect(mistakesOf(() => redisStore(wrong as never))).toEqual([missing + shown])
  })
})

describe('postgresStore', () => {
  const pool = new pg.Pool()
  const rule =
    'must be a plain lower-case name of at most 41 characters, with or without a schema before it; received '

  test.each<[object, ...string[]]>([
    [
      { tabel: 'a' },
      'tabel: is not an option (did you mean "table"?); received a string of 1 characters',
    ],
    [{ retainEnde: 5 }, 'retainEnde: is not an option (did you mean "retainEnded"?); received 5'],
    [{ prepares: true }, 'prepares: is not an option (did you mean "prepare"?); received true'],
    [{ maxPendin: 5 }, 'maxPendin: is not an option (did you mean "maxPending"?); received 5'],
    [{ table: 'x; DROP TABLE y' }, `table: ${rule}"x; DROP TABLE y"`],
    [{ prepare: 'no' }, 'prepare: must be a boolean; received "no"'],
    [
      { retainEnded: 0 },
      'retainEnded: must be a time in whole milliseconds, more than 0; received 0',
    ],
    [
      { retainEnded: '5' },
      'retainEnded: must be a time in whole milliseconds, more than 0; received "5"',
    ],
    [
      { maxPending: 0.5, table: 5 },
      `table: ${rule}5`,
      'maxPending: must be a whole number of at least 1; received 0.5',
    ],
  ])('names every mistake in its options: %o', (wrong, ...mistakes) => {
    expect(mistakesOf(() => postgresStore(pool, wrong))).toEqual(mistakes)
  })

  test('takes the smallest numbers that make sense', () => {
    const least = { retainEnded: 1, maxPending: 1, prepare: false, table: 'a' }
    expect(mistakesOf(() => postgresStore(pool, least))).toEqual([])
  })

  const names = ['query', 'connect', 'on', 'listenerCount']
  const withAll = Object.fromEntries(names.map((name) => [name, () => {}]))

  test.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    ['postgres://host', 'a string of 15 characters'],
    ...names.map((name): [unknown, string] => [
      { ...withAll, [name]: 'text' },
      `an object with ${names.join(', ')}`,
    ]),
  ])('is refused what is no pool: %o', (wrong, shown) => {
    const mistake = `pool: must be a pool of pg; received ${shown}`
    expect(mistakesOf(() => postgresStore(wrong as never))).toEqual([mistake])
  })

  test.each(['a', '_a1', 'a'.repeat(41), `${'a'.repeat(41)}.${'b'.repeat(41)}`, 's1.t1'])(
    'has a table that is called %s',
    (table) => {
      expect(postgresSchema(table)).toContain(`CREATE TABLE IF NOT EXISTS ${table} (`)
    },
  )

  test.each<[unknown, string]>([
    ['', '""'],
    ['1a', '"1a"'],
    ['Upper', '"Upper"'],
    ['two words', '"two words"'],
    ['a-b', '"a-b"'],
    ['a.', '"a."'],
    ['.a', '".a"'],
    ['a.1', '"a.1"'],
    ['a.b.c', '"a.b.c"'],
    ['axb;', '"axb;"'],
    ['a'.repeat(42), `"${'a'.repeat(42)}"`],
    [`a.${'b'.repeat(42)}`, `"a.${'b'.repeat(42)}"`],
    [['a'], 'a list of 1'],
    [5, '5'],
  ])('has no table that is called %j', (table, shown) => {
    expect(() => postgresSchema(table as string)).toThrow(
      new TypeError(`postgresSchema: table ${rule}${shown}`),
    )
  })
})
