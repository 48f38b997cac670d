/**
 * Asks the example's own server; rejects with what it says, and its status.
 * @param {string} path
 * @param {object} body
 */
export async function post(path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await response.json()
  if (!response.ok) throw Object.assign(new Error(answer.detail), { status: response.status })
  return answer
}

/** Resolves with the rooms that are there, and how many are in each; null when that can't be told now. */
export async function listRooms() {
  const response = await fetch('/rooms').catch(() => null)
  if (!response?.ok) return null
  /** @type {{ name: string, members: number }[]} */
  const rooms = (await response.json()).rooms
  return rooms
}
