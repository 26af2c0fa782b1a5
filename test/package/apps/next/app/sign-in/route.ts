import { randomUUID } from 'node:crypto'
import { security } from '../security'

export async function GET() {
  const id = randomUUID()
  await security.start({ id, subject: 'ada' })
  return new Response(null, {
    status: 303,
    headers: { Location: '/', 'Set-Cookie': `sid=${id}; Path=/; HttpOnly` },
  })
}
