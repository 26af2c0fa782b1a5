// The load, in its own process. It uses raw sockets, so that it costs little compared with what it measures.
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'

/** Latency is measured per half second, so that time taken by the host can be excluded. */
const windowMs = 500

/** One keep-alive connection with one request at a time. `answered` gets the status. */
function openConnection(port) {
  const socket = connect(port, '127.0.0.1').setNoDelay()
  let seen = ''
  let answered = null
  socket.setEncoding('latin1').on('data', (chunk) => {
    seen = seen === '' ? chunk : seen + chunk
    const head = seen.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = /content-length: (\d+)/i.exec(seen.slice(0, head))
    if (seen.length < head + 4 + Number(length?.[1] ?? 0)) return
    const status = Number(seen.slice(9, 12))
    seen = ''
    const done = answered
    answered = null
    done(status)
  })
  return {
    close: () => socket.destroy(),
    send(bytes, done) {
      answered = done
      socket.write(bytes, 'latin1')
    },
  }
}

const toBytes = ({ cookie, body }) =>
  `POST /session-security HTTP/1.1\r\nHost: app.example\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://app.example\r\nAccept: */*\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nContent-Type: application/json\r\nCookie: ${cookie}\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** As many requests as the server can take, over this many connections. */
function closedLoop(port, requests, seconds, connections) {
  return new Promise((resolve) => {
    const until = performance.now() + seconds * 1_000
    const counts = { requests: 0, failed: 0 }
    let next = 0
    let left = connections
    for (let i = 0; i < connections; i++) {
      const connection = openConnection(port)
      const again = () => {
        if (performance.now() >= until) {
          connection.close()
          if (--left === 0) resolve(counts)
          return
        }
        connection.send(requests[next++ % requests.length], (status) => {
          counts.requests++
          if (status !== 200) counts.failed++
          again()
        })
      }
      again()
    }
  })
}

/** CPU time that the host gave to other machines, in ticks since the start. Only Linux reports it. */
const stolen = () =>
  existsSync('/proc/stat') ? Number(readFileSync('/proc/stat', 'utf8').split(/\s+/, 9)[8]) : 0

/** This many requests per second, whether or not they are answered. Each is timed from when it was due. */
function openLoop(port, requests, seconds, perSecond) {
  return new Promise((resolve) => {
    const pool = Array.from({ length: 200 }, () => openConnection(port))
    const free = [...pool]
    const queue = []
    const windows = []
    const total = seconds * perSecond
    const start = performance.now() + 100
    let sent = 0
    let answered = 0
    let failed = 0

    function send(due) {
      const connection = free.pop()
      if (!connection) return queue.push(due)
      connection.send(requests[answered % requests.length], (status) => {
        windows[Math.floor((due - start) / windowMs)].times.push(performance.now() - due)
        if (status !== 200) failed++
        free.push(connection)
        if (queue.length > 0) send(queue.shift())
        if (++answered === total) finish()
      })
    }

    function finish() {
      for (const connection of pool) connection.close()
      const ends = [...windows.slice(1).map(({ stolenBefore }) => stolenBefore), stolen()]
      resolve({
        failed,
        windows: windows.map(({ times, stolenBefore }, i) => ({
          p99: times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)],
          stolen: ends[i] - stolenBefore,
        })),
      })
    }

    function tick() {
      const now = performance.now()
      for (; sent < total; sent++) {
        const due = start + (sent * 1_000) / perSecond
        if (due > now) break
        if (due >= start + windows.length * windowMs)
          windows.push({ times: [], stolenBefore: stolen() })
        send(due)
      }
      if (sent < total) setTimeout(tick, 1)
    }
    tick()
  })
}

process.on('message', async ({ port, requests, seconds, perSecond, connections }) => {
  const bytes = requests.map(toBytes)
  process.send(
    perSecond
      ? await openLoop(port, bytes, seconds, perSecond)
      : await closedLoop(port, bytes, seconds, connections),
  )
})
