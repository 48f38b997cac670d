import { Server } from 'lucide-react'
import { Blank } from '../../components/blank.tsx'
import { List } from '../../components/list.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { Alone } from './alone.tsx'
import { DrainDialog } from './drain-dialog.tsx'
import { DRAIN, NodeActions } from './node-actions.tsx'
import { useNodeColumns } from './node-columns.tsx'
import { nodeTitle, useNodes, useReadyCount } from './use-nodes.ts'
import { nodesWords } from './words.ts'

/** The nodes that share the log: how they are, and how one is emptied before it is stopped. */
export function NodesPage() {
  const { pages } = useWords()
  const { lead, alone } = usePageWords(nodesWords)
  const isAdmin = useIsAdmin()
  const query = useNodes()
  const others = useReadyCount() - 1
  const asked = useParam(DRAIN)
  const found = query.data?.find(({ node, state }) => node === asked && state === 'ready')
  return (
    <PageBody lead={lead}>
      <List
        label={pages.nodes}
        query={query}
        columns={useNodeColumns()}
        rowKey={({ node }) => node}
        textOf={(node) => `${nodeTitle(node)} ${node.node} ${node.version}`}
        firstOrder="node"
        RowActions={isAdmin ? NodeActions : undefined}
        empty={<Blank icon={<Server aria-hidden className="size-5" />} title={alone.title} lead={alone.lead} />}
      />
      {query.data?.length === 1 && <Alone />}
      {isAdmin && found && others > 0 && (
        <DrainDialog node={found} others={others} onClose={() => closePanel(DRAIN)} onDone={query.refetch} />
      )}
    </PageBody>
  )
}
