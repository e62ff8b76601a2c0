import type { Article } from '../api';

export interface TimelineEntry {
  id: string;
  title: string;
  /** "refused" covers refusal, return and withdrawal: the road went another way here. */
  state: 'done' | 'current' | 'future' | 'refused';
  /** Already formatted. */
  when?: string | undefined;
  who?: string | undefined;
  text?: string | undefined;
  law?: Article[] | undefined;
}
