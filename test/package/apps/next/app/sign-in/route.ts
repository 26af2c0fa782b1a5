import { randomUUID } from 'node:crypto'
import { cookies } from 'next/headers'
import { security } from '../security'

export async function GET() {
  const id = randomUUID()
  const replaces = (await cookies()).get('sid')?.value
  await security.start({ id, subject: 'ada', replaces })
  return new Response(null, {
    status: 303,
    headers: { Location: '/', 'Set-Cookie': `sid=${id}; Path=/; HttpOnly; SameSite=Lax` },
  })
}
