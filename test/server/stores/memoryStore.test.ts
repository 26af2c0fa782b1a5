import { describe, expect, it, vi } from 'vitest'
import { memoryStore } from '../../../server-reference/index.js'
import { storeContract } from '../../support/servers/storeContract.js'

storeContract('the memory store', async () => memoryStore())

const limits = { expireAfter: 1_000, absolute: null }
const meta = { subject: 'ada', secretId: 'k', sealedId: 's' }

describe('the memory store, beyond the contract', () => {
  function store(options: { maxSessions?: number; retainEnded?: number } = {}) {
    let time = 0
    const made = memoryStore({ now: () => time, ...options })
    return {
      ...made,
      sweep: () => made.sweep?.(),
      at: (moment: number) => {
        time = moment
      },
    }
  }

  it('forgets the reason of an end after its time', () => {
    const { create, end, look, at } = store({ retainEnded: 500 })
    create('a', limits, meta)
    end('a', 'revoked')
    at(499)
    expect(look('a')).toMatchObject({ reason: 'revoked' })
    at(500)
    expect(look('a')).toMatchObject({ reason: 'unknown', meta: null })
  })

  it('drops tombstones rather than refuse a session, and refuses rather than drop a session', () => {
    const { create, end, look } = store({ maxSessions: 3 })
    for (const key of ['a', 'b', 'c']) create(key, limits, meta)
    expect(() => create('d', limits, meta)).toThrow('full')
    end('b', 'revoked')
    expect(create('d', limits, meta)).toBe(0)
    for (const key of ['a', 'c', 'd']) expect(look(key)).toMatchObject({ state: 'active' })
    expect(look('b')).toMatchObject({ reason: 'unknown' })
  })

  it('tells at the next sweep of the ends that it met while it made room', () => {
    const { create, at, sweep } = store({ maxSessions: 1 })
    create('a', limits, meta)
    at(1_000)
    create('b', limits, meta)
    expect(sweep()).toEqual([{ key: 'a', reason: 'idle', meta }])
  })

  it('answers at once, without a promise', () => {
    const { create, touch } = store()
    create('a', limits, meta)
    expect(touch('a', null, 0)).toMatchObject({ state: 'active' })
  })

  it('warns in production that it is not shared', () => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    vi.stubEnv('NODE_ENV', 'production')
    memoryStore()
    vi.unstubAllEnvs()
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('this process only'))
    warn.mockRestore()
  })

  it('names every mistake in its options', () => {
    const wrong = { maxSession: 5, retainEnded: -1, now: 5 } as unknown as object
    expect(() => memoryStore(wrong)).toThrow(
      /maxSession .*did you mean maxSessions[\s\S]*retainEnded.*-1[\s\S]*now.*5/,
    )
  })
})
