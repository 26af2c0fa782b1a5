// The load, in a process of its own: raw sockets, so that it costs little beside what it measures.
import { connect } from 'node:net'

const connections = 10

/** One keep-alive connection, one request at a time; `answered` gets the status. */
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

/** As many as the server takes, over ten connections. */
function closedLoop(port, requests, seconds) {
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

/** So many a second whether or not they are answered; each is timed from when it was due. */
function openLoop(port, requests, seconds, perSecond) {
  return new Promise((resolve) => {
    const pool = Array.from({ length: 200 }, () => openConnection(port))
    const free = [...pool]
    const queue = []
    const times = []
    const total = seconds * perSecond
    const start = performance.now() + 100
    let sent = 0
    let failed = 0

    function send(due) {
      const connection = free.pop()
      if (!connection) return queue.push(due)
      connection.send(requests[times.length % requests.length], (status) => {
        times.push(performance.now() - due)
        if (status !== 200) failed++
        free.push(connection)
        if (queue.length > 0) send(queue.shift())
        if (times.length === total) finish()
      })
    }

    function finish() {
      for (const connection of pool) connection.close()
      times.sort((a, b) => a - b)
      resolve({ failed, p50: times[total >> 1], p99: times[Math.floor(total * 0.99)] })
    }

    function tick() {
      const now = performance.now()
      while (sent < total && start + (sent * 1_000) / perSecond <= now)
        send(start + (sent++ * 1_000) / perSecond)
      if (sent < total) setTimeout(tick, 1)
    }
    tick()
  })
}

process.on('message', async ({ port, requests, seconds, perSecond }) => {
  const bytes = requests.map(toBytes)
  process.send(
    perSecond
      ? await openLoop(port, bytes, seconds, perSecond)
      : await closedLoop(port, bytes, seconds),
  )
})
