export {
  createSimulation,
  type Simulation,
  type SimulationOptions,
} from './testing/createSimulation.js'
export type { MessageFaults, SimulatedBrowser } from './testing/simulatedBrowser.js'
export type { ServerMood, SimulatedHeaders, SimulatedServer } from './testing/simulatedServer.js'
export type { SimulatedTab } from './testing/simulatedTab.js'
export { warningProblems } from './testing/warningProblems.js'
