import { announceActivity } from '../../../../src/core.js'

const tell = new URLSearchParams(location.search).get('tell')
if (tell) announceActivity(tell)
