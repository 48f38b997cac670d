import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { NodeInfo } from '../../../../shared/nodes.ts'
import { Button } from '../../components/button.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone, tellFailed } from '../../lib/toast.ts'
import { NODES, nodeTitle, undrainNode, useReadyCount } from './use-nodes.ts'
import { nodesWords } from './words.ts'

/** The panel that asks before a node is drained. */
export const DRAIN = 'drain'

/** What can be done to a node as it is; nothing to one that is away. */
export function NodeActions({ row: node }: { row: NodeInfo }) {
  if (node.state === 'draining') return <TakeButton node={node} />
  return node.state === 'ready' && <DrainButton node={node} />
}

function DrainButton({ node }: { node: NodeInfo }) {
  const { drain } = usePageWords(nodesWords)
  const isLast = useReadyCount() < 2
  return (
    <Button
      look="ghost"
      size="small"
      data-destructive
      disabled={isLast}
      title={isLast ? drain.onlyOne : undefined}
      aria-label={drain.openNamed(nodeTitle(node))}
      onClick={() => openPanel(DRAIN, node.node)}
    >
      {drain.open}
    </Button>
  )
}

function TakeButton({ node }: { node: NodeInfo }) {
  const words = useWords()
  const { undo } = usePageWords(nodesWords)
  const queries = useQueryClient()
  const undraining = useMutation({
    mutationFn: undrainNode,
    onSuccess: () => {
      tellDone(undo.done(nodeTitle(node)))
      return queries.invalidateQueries({ queryKey: NODES })
    },
    onError: (error) => tellFailed(tellError(error, words)),
  })
  return (
    <Button
      look="ghost"
      size="small"
      disabled={undraining.isPending}
      aria-label={undo.submitNamed(nodeTitle(node))}
      onClick={() => undraining.mutate(node.node)}
    >
      {undo.submit}
    </Button>
  )
}
