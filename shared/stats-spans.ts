/** The spans that a history of figures can be asked for, in seconds. Knows no schema, so that pages load it lightly. */
export const STATS_SPANS = { '5m': 300, '1h': 3600, '24h': 86_400 } as const
export type StatsSpan = keyof typeof STATS_SPANS
