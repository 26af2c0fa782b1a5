export { type DjangoTransportOptions, djangoTransport } from './django/djangoTransport.js'
