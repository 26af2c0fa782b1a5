import type { DemoOptions } from './startDemo.js'

type Environment = Record<string, string | undefined>

/** Reads the demo's settings. @throws one error that names every variable with a bad value. */
export function readEnvironment(environment: Environment): DemoOptions {
  const mistakes: string[] = []
  const { PORT = '4000', HOST, REDIS_URL, DATABASE_URL, SESSION_SECURITY_SECRET } = environment

  function seconds(name: string, standard: number): number | null {
    const text = environment[name] ?? String(standard)
    if (text === 'off') return null
    const ms = Math.round(Number(text) * 1_000)
    if (!(ms > 0) || !Number.isSafeInteger(ms))
      mistakes.push(`${name} has to be seconds above 0, or off, not "${text}"`)
    return ms
  }

  function oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const text = environment[name]
    if (text === undefined) return undefined
    const found = allowed.find((one) => one === text)
    if (!found) mistakes.push(`${name} has to be ${allowed.join(', ')}, not "${text}"`)
    return found
  }

  const port = /^\d{1,5}$/.test(PORT) ? Number(PORT) : Number.NaN
  if (!(port <= 65_535)) mistakes.push(`PORT has to be a port, not "${PORT}"`)
  const expireAfter = seconds('EXPIRE_AFTER', 120)
  const warnAfter = expireAfter === null ? null : seconds('WARN_AFTER', 60)
  const absoluteTimeout = seconds('ABSOLUTE_TIMEOUT', 3_600)
  const extendOn = oneOf('EXTEND_ON', ['activity', 'button'])
  const trustProxy = oneOf('TRUST_PROXY', ['0', '1']) === '1'
  const redirectTo = environment.EXPIRED_ACTION?.startsWith('/') && environment.EXPIRED_ACTION
  const expiredAction = redirectTo
    ? { redirectTo }
    : oneOf('EXPIRED_ACTION', ['screen', 'lock', 'reload'])
  if (REDIS_URL && DATABASE_URL)
    mistakes.push('REDIS_URL and DATABASE_URL are both set: which store?')
  if (mistakes.length > 0) throw new Error(mistakes.join('; '))
  return {
    port,
    policy: { warnAfter, expireAfter, absoluteTimeout },
    ...(HOST && { host: HOST }),
    ...(trustProxy && { trustProxy }),
    ...(extendOn && { extendOn }),
    ...(expiredAction && { expiredAction }),
    ...(REDIS_URL && { redisUrl: REDIS_URL }),
    ...(DATABASE_URL && { databaseUrl: DATABASE_URL }),
    ...(SESSION_SECURITY_SECRET && { secret: SESSION_SECURITY_SECRET }),
  }
}
