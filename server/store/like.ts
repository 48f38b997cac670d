/**
 * Returns the patterns for `ilike any` under which JSON text holds `q`: as it stands, so that `"total":49` is found,
 * and as it is written inside a JSON string, so that quoted words are found too.
 */
export function likePatterns(q: string): string[] {
  const written = JSON.stringify(q).slice(1, -1)
  const forms = q.includes('\0') ? [written] : [q, written]
  return [...new Set(forms)].map((form) => `%${form.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)
}
