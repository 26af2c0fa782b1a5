import type { Limits } from '../../../src/protocol/mergeRule.js'
import { inTime, patience } from '../lateReports.js'
import type { RecordedReason } from '../store.js'
import {
  type Argument,
  type CreateReply,
  type CreateRequest,
  type EndReply,
  encodeCreate,
  encodeEnd,
  encodeTouch,
  type Reply,
  readCreateReply,
  readEndReply,
  readTouchReply,
  type TouchReply,
  type TouchRequest,
} from './codec.js'
import type { RedisPort, Script } from './redisPort.js'
import {
  createScript,
  endNotifiedScript,
  endScript,
  indexedScript,
  reasonScript,
  touchScript,
} from './scripts.js'

/** The scripts that work on one session, with typed values in and out. */
export function sessionScripts(
  port: RedisPort,
  { prefix, channel, retainEnded }: { prefix: string; channel: string; retainEnded: number },
) {
  const sendInTime = inTime()

  const run = async (script: Script, key: string, args: Argument[] = []) =>
    (await port.run(script, prefix + key, args)) as Reply

  /** The script writes nothing once `within` ms have passed. */
  const runInTime = <R extends { now: number }>(
    within: number,
    runBefore: (latest: number) => Promise<R>,
  ) => sendInTime(within, runBefore, ({ now }) => now)

  return {
    touch(
      key: string,
      mode: TouchRequest['mode'],
      limits: Limits | null,
      idleMs: number | null,
    ): Promise<TouchReply> {
      const request = { mode, limits, idleMs, retainEnded, channel, name: key }
      return runInTime(patience, async (latest) =>
        readTouchReply(await run(touchScript, key, encodeTouch({ ...request, latest }))),
      )
    },

    create(
      key: string,
      request: Pick<CreateRequest, 'limits' | 'meta' | 'from' | 'indexMs'>,
      within: number,
    ): Promise<CreateReply> {
      return runInTime(within, async (latest) =>
        readCreateReply(
          await run(createScript, key, encodeCreate({ ...request, retainEnded, latest })),
        ),
      )
    },

    async end(key: string, reason: RecordedReason, bars: boolean): Promise<EndReply> {
      const request = { reason, retainEnded, channel, name: key, bars }
      return readEndReply(await run(endScript, key, encodeEnd(request)))
    },

    /** Ends the session under its old key, and tells watchers the new one. */
    giveUp(key: string, renewedAs: string, within: number): Promise<EndReply> {
      const request = { reason: 'unknown', retainEnded, channel, name: key, renewedAs } as const
      return runInTime(within, async (latest) =>
        readEndReply(await run(endScript, key, encodeEnd({ ...request, latest }))),
      )
    },

    gaveUp: async (key: string) => (await port.run(reasonScript, prefix + key)) === 'unknown',
    endNotified: (key: string) => run(endNotifiedScript, key),
    /** Notes that the subject's index knows the session for `forMs` from now. */
    indexed: (key: string, forMs: number) => run(indexedScript, key, [forMs]),
  }
}
