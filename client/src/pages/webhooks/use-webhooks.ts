import { useInfiniteQuery, useMutation, useQuery, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import type { DeliveryState } from '../../../../shared/webhooks.ts'
import { fetchDeliveries, fetchDelivery, fetchWebhooks } from './webhooks-api.ts'

const WEBHOOKS = ['webhooks'] as const
/** How often what is shown is asked for anew: deliveries come and go by themselves. */
const RENEWED_EVERY_MS = 2000

/** All webhooks, kept up. */
export const useWebhooks = () =>
  useQuery({ queryKey: WEBHOOKS, queryFn: fetchWebhooks, refetchInterval: RENEWED_EVERY_MS })

/** The deliveries of a webhook, the newest first, kept up; in one state, or null for all. */
export const useDeliveries = (id: string, state: DeliveryState | null) =>
  useInfiniteQuery({
    queryKey: [...WEBHOOKS, id, { state }],
    queryFn: ({ pageParam }) => fetchDeliveries(id, state, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: RENEWED_EVERY_MS,
  })

/** One delivery, with what came of each attempt. */
export const useDelivery = (id: string, deliveryId: string) =>
  useQuery({
    queryKey: [...WEBHOOKS, id, deliveryId],
    queryFn: () => fetchDelivery(id, deliveryId),
    refetchInterval: RENEWED_EVERY_MS,
  })

/** Does something to a webhook, and asks how all stand then. */
export function useWebhookAction<Result, Input>(
  act: (input: Input) => Promise<Result>,
  onDone: (result: Result, input: Input) => void,
): UseMutationResult<Result, Error, Input> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: act,
    // A secret is kept nowhere but in the dialog that shows it.
    gcTime: 0,
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: WEBHOOKS }),
  })
}
