import { Redis } from 'ioredis'
import pg from 'pg'
import { createClient } from 'redis'
import { describe, expect, it } from 'vitest'
import { postgresSchema, postgresStore } from '../../../server-reference/postgres.js'
import { redisStore } from '../../../server-reference/redis.js'
import { mistakesOf } from '../../support/servers/mistakesOf.js'

describe('redisStore', () => {
  const client = new Redis({ lazyConnect: true })
  const heading = "redisStore can't be set up like this:"

  it.each<[object, ...string[]]>([
    [{ prefx: 'a' }, 'prefx (string) is not an option; did you mean prefix?'],
    [{ evict: false }, 'evict (boolean) is not an option; did you mean evicts?'],
    [{ retainEnde: 5 }, 'retainEnde (number) is not an option; did you mean retainEnded?'],
    [
      { confirmReplica: 1 },
      'confirmReplica (number) is not an option; did you mean confirmReplicas?',
    ],
    [{ prefix: 5 }, 'prefix has to be a string, not 5'],
    [{ evicts: true }, 'evicts has to be false or left out, not true'],
    [{ retainEnded: 0 }, 'retainEnded has to be a whole number from 1 on, not 0'],
    [{ retainEnded: 1.5 }, 'retainEnded has to be a whole number from 1 on, not 1.5'],
    [{ confirmReplicas: -1 }, 'confirmReplicas has to be a whole number from 0 on, not -1'],
    [{ confirmWithin: 0 }, 'confirmWithin has to be a whole number from 1 on, not 0'],
    [
      { maxPending: 0, prefix: null },
      'prefix has to be a string, not null',
      'maxPending has to be a whole number from 1 on, not 0',
    ],
  ])('names every mistake in its options: %o', (wrong, ...mistakes) => {
    expect(mistakesOf(() => redisStore(client, wrong))).toEqual([heading, ...mistakes])
  })

  it('takes the smallest numbers that make sense', () => {
    const least = { retainEnded: 1, confirmReplicas: 0, confirmWithin: 1, maxPending: 1 }
    const options = { ...least, prefix: '', evicts: false } as const
    expect(mistakesOf(() => redisStore(client, options))).toEqual([])
    expect(mistakesOf(() => redisStore(createClient()))).toEqual([])
  })

  const missing = 'client has to be a client of ioredis, or of node-redis 5 or later, not '
  const [on, listenerCount, eval_, other] = Array.from({ length: 4 }, () => () => {})
  const listened = { on, listenerCount, eval: eval_ }

  it.each<[unknown, string]>([
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
    expect(mistakesOf(() => redisStore(wrong as never))).toEqual([heading, missing + shown])
  })
})

describe('postgresStore', () => {
  const pool = new pg.Pool()
  const heading = "postgresStore can't be set up like this:"
  const rule =
    'table has to be a plain lower-case name of at most 41 characters, with or without a schema before it, not '

  it.each<[object, ...string[]]>([
    [{ tabel: 'a' }, 'tabel (string) is not an option; did you mean table?'],
    [{ retainEnde: 5 }, 'retainEnde (number) is not an option; did you mean retainEnded?'],
    [{ prepares: true }, 'prepares (boolean) is not an option; did you mean prepare?'],
    [{ maxPendin: 5 }, 'maxPendin (number) is not an option; did you mean maxPending?'],
    [{ table: 'x; DROP TABLE y' }, `${rule}"x; DROP TABLE y"`],
    [{ prepare: 'no' }, 'prepare has to be a boolean, not a string of 2 characters'],
    [{ retainEnded: 0 }, 'retainEnded has to be a whole number above 0, not 0'],
    [
      { retainEnded: '5' },
      'retainEnded has to be a whole number above 0, not a string of 1 characters',
    ],
    [
      { maxPending: 0.5, table: 5 },
      `${rule}5`,
      'maxPending has to be a whole number above 0, not 0.5',
    ],
  ])('names every mistake in its options: %o', (wrong, ...mistakes) => {
    expect(mistakesOf(() => postgresStore(pool, wrong))).toEqual([heading, ...mistakes])
  })

  it('takes the smallest numbers that make sense', () => {
    const least = { retainEnded: 1, maxPending: 1, prepare: false, table: 'a' }
    expect(mistakesOf(() => postgresStore(pool, least))).toEqual([])
  })

  const names = ['query', 'connect', 'on', 'listenerCount']
  const withAll = Object.fromEntries(names.map((name) => [name, () => {}]))

  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'undefined'],
    ['postgres://host', 'a string of 15 characters'],
    ...names.map((name): [unknown, string] => [
      { ...withAll, [name]: 'text' },
      `an object with ${names.join(', ')}`,
    ]),
  ])('is refused what is no pool: %o', (wrong, shown) => {
    const mistake = `pool has to be a pool of pg, not ${shown}`
    expect(mistakesOf(() => postgresStore(wrong as never))).toEqual([heading, mistake])
  })

  it.each(['a', '_a1', 'a'.repeat(41), `${'a'.repeat(41)}.${'b'.repeat(41)}`, 's1.t1'])(
    'has a table that is called %s',
    (table) => {
      expect(postgresSchema(table)).toContain(`CREATE TABLE IF NOT EXISTS ${table} (`)
    },
  )

  it.each<[unknown, string]>([
    ['', 'an empty string'],
    ['1a', 'a string of 2 characters'],
    ['Upper', 'a string of 5 characters'],
    ['two words', 'a string of 9 characters'],
    ['a-b', 'a string of 3 characters'],
    ['a.', 'a string of 2 characters'],
    ['.a', 'a string of 2 characters'],
    ['a.1', 'a string of 3 characters'],
    ['a.b.c', 'a string of 5 characters'],
    ['axb;', 'a string of 4 characters'],
    ['a'.repeat(42), 'a string of 42 characters'],
    [`a.${'b'.repeat(42)}`, 'a string of 44 characters'],
    [['a'], 'a list of 1'],
    [5, '5'],
  ])('has no table that is called %j', (table, shown) => {
    expect(() => postgresSchema(table as string)).toThrow(
      new TypeError(`postgresSchema: ${rule}${shown}`),
    )
  })
})
