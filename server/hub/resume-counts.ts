import type { GapReason, Resume } from '../../shared/protocol.ts'

/** How resumes went, since the start. */
export class ResumeCounts {
  complete = 0
  readonly gaps: Partial<Record<GapReason, number>> = {}

  note(resume: Resume): void {
    if (resume.status === 'complete') this.complete++
    else if (resume.status === 'gap') this.gaps[resume.reason] = (this.gaps[resume.reason] ?? 0) + 1
  }
}
