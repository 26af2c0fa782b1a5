import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { pathVariants } from './pathVariants.js'

/** Asks for a path in every way to write it, and says which answers carry the data. */
export async function askEveryVariant(port: number, cookie: string, path = '/cases') {
  const answers = []
  for (const method of ['GET', 'HEAD', 'POST'])
    for (const variant of pathVariants(path)) {
      const { status, headers, text } = await ask(port, cookie, method, variant)
      const data = text.includes('Housing benefit')
      answers.push({ method, path: variant, status, data, handle: headers['session-handle'] })
    }
  return answers
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Not with `fetch`, which tidies a path up before it sends it. */
export function ask(
  port: number,
  cookie: string,
  method: string,
  path: string,
  said: object = {},
): Promise<Answer> {
  const body = method === 'GET' || method === 'HEAD' ? '' : JSON.stringify({ v: 1, ...said })
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: {
          cookie,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      async (response) => {
        let text = ''
        for await (const chunk of response.setEncoding('utf8')) text += chunk
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      },
    )
    request.on('error', reject).end(body)
  })
}
