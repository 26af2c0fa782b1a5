import { Status } from './Status'

export default function Page() {
  return (
    <main>
      <h1>Rendered on the server</h1>
      <Status />
    </main>
  )
}
