/**
 * Which commits are still on their branch, as far as runs have told: each reports the commit it was made at and the newest of its
 * ancestors, no commit before its children (topological order).
 *
 * Of a commit C that was reported before, a later report of the commit H says
 * - it is on the branch, when it is among H and its ancestors;
 * - it has left, when it is not, and the report goes back past it: it names an ancestor M of C. Were C an ancestor of H, it would be a
 *   child's child of M on the way to H, and stand before M. So it has, too, when the report reaches back to the first commit;
 * - else nothing: what was known of it stays.
 *
 * A report of a commit that the head is known to contain is an old one that came late, or was repeated. It moves nothing.
 */

/** A commit with the ancestors that were reported with it. */
export interface KnownCommit {
  /** Its hash, as the run reported it. */
  readonly commit: string
  /** Newest first, without the commit itself; as many as were reported. */
  readonly ancestors: readonly string[]
}

/** What a run says of its branch. */
export interface BranchReport extends KnownCommit {
  /** `ancestors` reach back to the first commit. */
  readonly complete: boolean
}

/** What is known of a branch before a report. */
export interface KnownBranch {
  /** The newest commit that it was reported at; null before the first report. */
  readonly head: KnownCommit | null
  /** Commits that are on it. */
  readonly present: readonly KnownCommit[]
  /** Commits that have left it. */
  readonly left: readonly string[]
}

/** What a report changes. */
export interface BranchMove {
  /** The reported commit is the head from now on. */
  readonly isHead: boolean
  /** Commits that have left the branch. */
  readonly left: readonly string[]
  /** Commits that had left, and are on it again. */
  readonly back: readonly string[]
}

/** What a report says of a branch, given what was known of it. */
export function branchMove(known: KnownBranch, report: BranchReport): BranchMove {
  const backOf = (onBranch: ReadonlySet<string>): string[] => known.left.filter((commit) => onBranch.has(commit))
  if (known.head?.ancestors.includes(report.commit) === true) return { isHead: false, left: [], back: backOf(new Set([report.commit])) }
  const onBranch = new Set([report.commit, ...report.ancestors])
  const hasLeft = ({ commit, ancestors }: KnownCommit): boolean => !onBranch.has(commit) && (report.complete || ancestors.some((ancestor) => onBranch.has(ancestor)))
  return { isHead: true, left: known.present.filter(hasLeft).map(({ commit }) => commit), back: backOf(onBranch) }
}
