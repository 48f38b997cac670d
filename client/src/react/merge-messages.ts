interface Placed {
  /** `<epoch>.<offset>`; absent when it was ephemeral. */
  id?: string
}

/**
 * Merges messages into a list that is in the log's order, each once. Ephemeral ones, and those of a log that has taken
 * another's place, stay where they came: at the end.
 */
export function mergeMessages<T extends Placed>(list: readonly T[], more: readonly T[]): T[] {
  const known = new Set(list.flatMap(({ id }) => id ?? []))
  const merged = [...list]
  for (const message of more) {
    if (message.id === undefined) merged.push(message)
    else if (!known.has(message.id)) {
      known.add(message.id)
      merged.splice(placeOf(merged, message.id), 0, message)
    }
  }
  return merged
}

/** The place after the last message that comes before `id`; most come last, so it is looked for from the end. */
function placeOf(list: readonly Placed[], id: string): number {
  const [epoch, offset] = partsOf(id)
  let place = list.length
  for (let i = list.length - 1; i >= 0; i--) {
    const other = list[i]!.id
    if (other === undefined) continue
    const [otherEpoch, otherOffset] = partsOf(other)
    if (otherEpoch !== epoch || otherOffset < offset) return place
    place = i
  }
  return place
}

function partsOf(id: string): [epoch: string, offset: number] {
  const [epoch = '', offset] = id.split('.')
  return [epoch, Number(offset)]
}
