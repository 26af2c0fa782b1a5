import { cookies } from 'next/headers'
import { security } from '../security'

// The handler asks the guard itself: whatever path leads here leads past it.
export async function GET(request: Request) {
  const loadedId = (await cookies()).get('sid')?.value
  const { response, protect } = await security.guard(request, { loadedId })
  return response ?? protect(Response.json(['Housing benefit']))
}
