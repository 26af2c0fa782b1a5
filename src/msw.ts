export {
  type MockServer,
  type MockServerMood,
  type MockServerOptions,
  mockServer,
} from './msw/mockServer.js'
