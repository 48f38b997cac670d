import { useMutation } from '@tanstack/react-query'
import type { NodeInfo } from '../../../../shared/nodes.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { tellDone } from '../../lib/toast.ts'
import { drainNode, nodeTitle } from './use-nodes.ts'
import { nodesWords } from './words.ts'

interface DrainDialogProps {
  node: NodeInfo
  /** How many other nodes are ready. */
  others: number
  onClose: () => void
  onDone: () => void
}

/** Says how many are moved, and what comes after, then drains a node. */
export function DrainDialog({ node, others, onClose, onDone }: DrainDialogProps) {
  const { drain: words } = usePageWords(nodesWords)
  const locale = useLocale()
  const draining = useMutation({
    mutationFn: drainNode,
    onSuccess: () => {
      onClose()
      tellDone(words.done(nodeTitle(node)))
      onDone()
    },
  })
  const { connections } = node
  return (
    <ConfirmDialog
      title={words.title(nodeTitle(node))}
      submit={words.submit}
      submitting={words.submitting}
      action={draining}
      onConfirm={() => draining.mutate(node.node)}
      onClose={onClose}
    >
      <p className="font-medium">
        {connections === 0 ? words.nobody : words.lead(formatExact(connections, locale), others)}
      </p>
      <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-soft">
        <li>{words.invisible}</li>
        <li>{words.after}</li>
      </ul>
    </ConfirmDialog>
  )
}
