/** From this many seconds on announcements interrupt what is being read. */
export const urgentFrom = 20
