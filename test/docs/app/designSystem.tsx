export { Button, Typography } from '../../../stories/designSystem.js'
