// Knows no schema, so that pages load it lightly.

/** Stands for all nodes together where a node can be named. */
export const ALL_NODES = 'all'

/** Where each node's figures go once a second while somebody listens. */
export const STATS_CHANNEL = 'admin/stats'

/** The spans that a history of figures can be asked for, in seconds. */
export const STATS_SPANS = { '5m': 300, '1h': 3600, '24h': 86_400 } as const
export type StatsSpan = keyof typeof STATS_SPANS
