// Questions that builds ask of people, and the answers. A question is written down before anybody is
// asked, and an answer before anything follows from it: a server that starts again asks the same.
import type { Updateable } from 'kysely';
import type { BuildApprovalTable } from '../../database/build-tables.ts';
import type { ApprovalDecision, ApprovalState } from '../approval.ts';
import type { ApprovalRow, BuildStore } from '../store/build-store.ts';
import type { ApprovalAnswer, ApprovalQuestion, Vote } from './approval-question.ts';
import { answerOf, isSame, notPermitted, notWaiting, refusal } from './approval-rules.ts';
import { startDeadline } from './deadline.ts';

export class Approvals {
  readonly #store: BuildStore;
  readonly #waiting = new Map<number, (row: ApprovalRow) => void>();
  #closed = false;

  constructor(store: BuildStore) {
    this.#store = store;
  }

  /** What is asked stays asked: the next start waits for it again. */
  close(): void {
    this.#closed = true;
  }

  /** Ends when it is decided, when its time is up, or when the signal fires. */
  async ask(question: ApprovalQuestion, signal: AbortSignal): Promise<ApprovalAnswer> {
    const row = await this.#writeDown(question);
    if (row.state !== 'pending') return answerOf(row);
    const { promise, resolve } = Promise.withResolvers<ApprovalRow>();
    this.#waiting.set(row.approval_id, resolve);
    const end = (state: ApprovalState) => {
      if (this.#closed) resolve({ ...row, state: 'canceled' });
      else this.#close(row, state).catch(() => resolve({ ...row, state }));
    };
    const over = new AbortController();
    startDeadline(row.due_at, this.#store.now, over.signal, () => end('timedOut'));
    const cancel = () => end('canceled');
    signal.addEventListener('abort', cancel, { once: true, signal: over.signal });
    if (signal.aborted) cancel();
    try {
      return answerOf(await promise);
    } finally {
      over.abort();
      this.#waiting.delete(row.approval_id);
    }
  }

  /** @throws DeliveryError BUILD_NOT_WAITING, APPROVAL_NOT_PERMITTED */
  async vote(vote: Vote, requestedBy: string): Promise<void> {
    const open = (await this.#store.approvals(vote.buildId)).filter(
      ({ stage, state }) => state === 'pending' && isSame(stage, vote.stage),
    );
    if (open.length === 0) throw notWaiting(vote);
    const refusals = open.map((row) => [row, refusal(row, vote.by, requestedBy)] as const);
    const allowed = refusals.flatMap(([row, why]) => (why === null ? [row] : []));
    const [why] = refusals.flatMap(([, one]) => one ?? []);
    if (allowed.length === 0) throw notPermitted(vote, why ?? '');
    for (const row of allowed) await this.#take(row.approval_id, vote);
  }

  async #take(
    id: number,
    { by: { name: by }, decision, comment, buildId, stage }: Vote,
  ): Promise<void> {
    const at = new Date(this.#store.now()).toISOString();
    const row = await this.#change(id, (before) => {
      const earlier = JSON.parse(before.decisions) as readonly ApprovalDecision[];
      const others = earlier.filter((one) => !isSame(one.by, by));
      const decisions = [...others, { by, decision, comment, at }];
      const isEnough = decision === 'rejected' || decisions.length >= before.minimum;
      return { decisions: JSON.stringify(decisions), ...(isEnough && { state: decision }) };
    });
    if (row === undefined) throw notWaiting({ buildId, stage });
    if (row.state !== 'pending') this.#waiting.get(id)?.(row);
  }

  async #close({ approval_id: id }: ApprovalRow, state: ApprovalState): Promise<void> {
    const row = await this.#change(id, () => ({ state }));
    if (row !== undefined) this.#waiting.get(id)?.(row);
  }

  /** Undefined: it is decided already. */
  async #change(
    id: number,
    change: (before: ApprovalRow) => Updateable<BuildApprovalTable>,
  ): Promise<ApprovalRow | undefined> {
    const row = await this.#store.database.write(async (tables) => {
      const query = tables.selectFrom('build_approvals').selectAll();
      const before = await query.where('approval_id', '=', id).executeTakeFirst();
      if (before?.state !== 'pending') return undefined;
      const fields = change(before);
      const isOver = fields.state !== undefined && fields.state !== 'pending';
      const ended = isOver ? { ended_at: this.#store.now() } : {};
      const update = tables.updateTable('build_approvals').set({ ...fields, ...ended });
      await update.where('approval_id', '=', id).execute();
      const { build_id, stage } = before;
      const details = { stage, state: fields.state ?? 'pending' };
      await this.#store.event(build_id, 'approvalDecided', details)(tables);
      const after = tables.selectFrom('build_approvals').selectAll();
      return after.where('approval_id', '=', id).executeTakeFirst();
    });
    if (row !== undefined) this.#store.told(row.build_id);
    return row;
  }

  async #writeDown(asked: ApprovalQuestion): Promise<ApprovalRow> {
    const { buildId, question, stage } = asked;
    const row = await this.#store.database.write(async (tables) => {
      const query = tables.selectFrom('build_approvals').selectAll();
      const same = query.where('build_id', '=', buildId).where('question', '=', question);
      const known = await same.executeTakeFirst();
      if (known !== undefined) return known;
      await tables.insertInto('build_approvals').values(this.#rowOf(asked)).execute();
      await this.#store.event(buildId, 'approvalAsked', { stage, kind: asked.kind })(tables);
      return same.executeTakeFirstOrThrow();
    });
    this.#store.told(buildId);
    return row;
  }

  #rowOf(asked: ApprovalQuestion) {
    const now = this.#store.now();
    const { timeoutMs, buildId, requesterCanApprove, about, approvers, ...asIs } = asked;
    const { inSequence = false, ...rest } = asIs;
    return {
      ...rest,
      build_id: buildId,
      about: JSON.stringify(about),
      approvers: JSON.stringify(approvers),
      requester_can_approve: requesterCanApprove ? 1 : 0,
      in_sequence: inSequence ? 1 : 0,
      state: 'pending',
      decisions: '[]',
      asked_at: now,
      due_at: now + timeoutMs,
      ended_at: null,
    };
  }
}
