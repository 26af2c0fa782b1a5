import type { ExampleOptions } from '../../../examples/example.js'
import { memoryStore } from '../../../server-reference/index.js'

export const exampleOptions: ExampleOptions = {
  port: 0,
  store: memoryStore(),
  policy: { warnAfter: 30_000, expireAfter: 60_000, absoluteTimeout: 3_600_000 },
  allowShortWarning: true,
  secret: 'a secret of the examples, 32 bytes or more',
  cookieSecret: 'a secret of the cookies, 32 bytes or more',
  secure: false,
}
