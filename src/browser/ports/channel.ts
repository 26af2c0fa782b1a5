import type { Channel } from '../../core/run/environment.js'

/** Messages to the other tabs of this browser, not to this one. */
export function openChannel(name: string, receive: (data: unknown) => void): Channel {
  if (typeof BroadcastChannel !== 'function') return openStorageChannel(name, receive)
  const channel = new BroadcastChannel(name)
  channel.onmessage = (event) => receive(event.data)
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  }
}

/** For browsers without BroadcastChannel: a write to `localStorage` notifies the other tabs. */
function openStorageChannel(name: string, receive: (data: unknown) => void): Channel {
  const key = `${name}:message`
  function onStorage(event: StorageEvent): void {
    if (event.key !== key || event.newValue === null) return
    try {
      receive(JSON.parse(event.newValue))
    } catch {
      // Not a message of ours.
    }
  }
  addEventListener('storage', onStorage)
  return {
    post: (message) => {
      try {
        localStorage.setItem(key, JSON.stringify(message))
      } catch {
        // Without storage this tab is alone, and asks the server itself.
      }
    },
    close: () => removeEventListener('storage', onStorage),
  }
}
