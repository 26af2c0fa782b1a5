import { security } from '../security'

const answer = (request: Request) => security.fetch(request)

export { answer as DELETE, answer as GET, answer as POST }
