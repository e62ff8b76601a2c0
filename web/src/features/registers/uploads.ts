// Uploads of registers under way. They belong to the window, not to a page: the reader may go elsewhere meanwhile. A file
// goes in pieces; a piece that did not get through is sent again, and the server says where to go on.
import { reactive } from 'vue';
import { useSession } from '@/features/session';
import { api, ask, localKeys, problemOf, sendFile, type Problem } from '@/shared/api';
import type { Delivery } from './words';

export interface Upload {
  size: number;
  /** Bytes that the server has. */
  received: number;
  /** With those of the piece that is on its way. */
  sent: number;
  /** waiting: for another try; unreadable: the file was moved or changed on this computer. */
  state: 'sending' | 'waiting' | 'stopped' | 'refused' | 'unreadable';
  problem?: Problem | undefined;
  /** Bytes a second since this start; 0 while that is not known. */
  pace: number;
}

export const pieceBytes = 4 * 1024 * 1024;
/** Before each further try, in seconds. About two minutes in all: a router's restart. */
const waits = [1, 2, 5, 10, 20, 40, 40];

const uploads = reactive(new Map<string, Upload>());
const stops = new Map<string, AbortController>();
const files = new Map<string, File>();
let watching = false;

export const uploadOf = (id: string): Upload | undefined => uploads.get(id);

/** The file can still be read, so that nobody needs to choose it again. */
export const hasFile = (id: string): boolean => files.has(id) && uploads.get(id)?.state !== 'unreadable';

export function stopUpload(id: string): void {
  stops.get(id)?.abort();
}

/** Drops what is known of a delivery that is no longer being uploaded. */
export function forgetUpload(id: string): void {
  stopUpload(id);
  uploads.delete(id);
  files.delete(id);
}

const isUnderWay = (upload: Upload): boolean => upload.state === 'sending' || upload.state === 'waiting';

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  if ([...uploads.values()].some(isUnderWay)) event.preventDefault();
}

function watchWindow(): void {
  if (watching) return;
  watching = true;
  window.addEventListener('beforeunload', warnBeforeLeaving);
  // Another person's session must not carry on what this one began.
  useSession().onChangeOfPerson(() => { for (const id of [...uploads.keys()]) forgetUpload(id); });
}

/** Sends the file from where the server stands. `changed` gets each answer of the server. */
export async function upload(delivery: Delivery, file: File | undefined, changed: (now: Delivery) => void): Promise<void> {
  watchWindow();
  const source = file ?? files.get(delivery.id);
  const known = uploads.get(delivery.id);
  if (!source || (known && isUnderWay(known))) return;
  files.set(delivery.id, source);
  uploads.set(delivery.id, { size: delivery.size, received: delivery.received, sent: delivery.received, state: 'sending', pace: 0 });
  const state = uploads.get(delivery.id)!;
  const stop = new AbortController();
  stops.set(delivery.id, stop);
  const start = { at: performance.now(), received: delivery.received };
  const path = { county: delivery.county_code, delivery: delivery.id };
  const take = (now: Delivery) => {
    state.received = state.sent = now.received;
    state.pace = Math.max(0, now.received - start.received) / Math.max(0.001, (performance.now() - start.at) / 1000);
    changed(now);
  };

  let failures = 0;
  let now = delivery;
  while (now.state === 'uploading' && !stop.signal.aborted) {
    const from = now.received;
    try {
      const piece = await bytesOf(source, from);
      if (!piece) {
        state.state = 'unreadable';
        files.delete(delivery.id);
        return;
      }
      const body = new FormData();
      body.append('offset', String(from));
      body.append('piece', piece, 'piece');
      now = await sendFile<Delivery>('POST', `/registers/deliveries/${path.county}/${path.delivery}/content`, body, {
        signal: stop.signal, onProgress: (share) => { state.sent = from + Math.round(share * piece.size); },
      });
      failures = 0;
      state.state = 'sending';
      take(now);
    } catch (thrown) {
      if (stop.signal.aborted) break;
      const problem = problemOf(thrown);
      state.sent = state.received;
      if (++failures > waits.length || !(isPassing(problem) || isElsewhere(problem))) {
        Object.assign(state, { state: 'refused', problem });
        return;
      }
      if (isPassing(problem)) {
        state.state = 'waiting';
        await pause(waits[failures - 1]!, stop.signal);
      }
      // The piece may have arrived although its answer did not: the server knows.
      try {
        now = await ask(api.GET('/registers/deliveries/{county}/{delivery}', { params: { path } }));
        take(now);
      } catch (unanswered) {
        if (isPassing(problemOf(unanswered))) continue;
        Object.assign(state, { state: 'refused', problem: problemOf(unanswered) });
        return;
      }
    }
  }
  if (now.state === 'uploading') state.state = 'stopped';
  else forgetUpload(delivery.id);
}

/** Nothing answered, or somebody on the way did who is not the server. */
const isPassing = (problem: Problem): boolean => problem.key === localKeys.unreachable || [502, 503, 504].includes(problem.status);
/** The server stands elsewhere in the file than was thought here. */
const isElsewhere = (problem: Problem): boolean => ['registers.other_offset', 'registers.not_uploading', 'registers.changed_meanwhile'].includes(problem.key);

/** Read before it is sent, because a request does not tell a file that cannot be read from a server that is away. */
async function bytesOf(file: File, from: number): Promise<Blob | undefined> {
  try {
    return new Blob([await file.slice(from, from + pieceBytes).arrayBuffer()]);
  } catch {
    return undefined;
  }
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}
