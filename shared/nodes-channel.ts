// Knows no schema, so that pages load it lightly.

/** Where the news of the nodes goes, once a second while somebody listens. */
export const NODES_CHANNEL = 'admin/nodes'
