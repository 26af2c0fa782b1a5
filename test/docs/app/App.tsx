export function App() {
  return <p>An app.</p>
}
