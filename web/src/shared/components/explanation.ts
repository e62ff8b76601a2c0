import type { Article } from '../api';

/** One step of a computed decision, as the engine explains it. */
export interface ExplanationStep {
  id: string;
  text: string;
  outcome: 'met' | 'not_met' | 'open' | 'stated';
  law?: Article[] | undefined;
  /** Already formatted: { label: '家庭月人均收入', value: '¥312.50' }. */
  figures?: { label: string; value: string }[] | undefined;
  trace?: TraceNode[] | undefined;
}

/** A value and what it was computed from. */
export interface TraceNode {
  text: string;
  value: string;
  from?: TraceNode[] | undefined;
}
