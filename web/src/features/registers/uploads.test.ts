import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useSession } from '@/features/session';
import { localKeys, localProblem, ProblemError, sendFile } from '@/shared/api';
import { forgetUpload, hasFile, pieceBytes, stopUpload, upload, uploadOf } from './uploads';
import type { Delivery } from './words';

vi.mock('@/shared/api', async (original) => ({ ...await original<typeof import('@/shared/api')>(), sendFile: vi.fn() }));
const sending = vi.mocked(sendFile);

const size = 2 * pieceBytes + 10;
const file = new File([new Uint8Array(size)], '机动车.csv');
const delivery = (received: number): Delivery => ({
  id: 'd1', county_code: '140302', register_code: 'vehicles', register_title: '机动车登记', file_name: '机动车.csv', as_of: '2026-01-01', size, received, digest: '',
  state: received === size ? 'uploaded' : 'uploading', delivered_by_name: '', delivered_at: '2026-01-01T00:00:00Z', row_count: 0, matched_count: 0,
  not_ours_count: 0, filtered_count: 0, malformed: [], is_repeated: false,
});
/** What the server has; a piece at another place is refused, as the server does. */
let received = 0;
const offsets: number[] = [];
const away = () => new ProblemError(localProblem(localKeys.unreachable));

async function take(body: FormData | Blob): Promise<Delivery> {
  const form = body as FormData;
  const offset = Number(form.get('offset'));
  offsets.push(offset);
  if (offset !== received) throw new ProblemError(localProblem('registers.other_offset', 409));
  received += (form.get('piece') as Blob).size;
  return delivery(received);
}

setActivePinia(createPinia());
beforeEach(() => {
  vi.useFakeTimers();
  received = 0;
  offsets.length = 0;
  sending.mockImplementation((_method, _path, body) => take(body) as Promise<never>);
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(delivery(received)), { headers: { 'Content-Type': 'application/json' } }));
});
afterEach(() => {
  forgetUpload('d1');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('an upload', () => {
  it('goes in pieces and ends when the server has all of it', async () => {
    const changed = vi.fn();
    await upload(delivery(0), file, changed);
    expect(offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
    expect(changed).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'uploaded' }));
    expect(uploadOf('d1')).toBeUndefined();
  });

  it('goes on where the server stands', async () => {
    received = pieceBytes;
    await upload(delivery(pieceBytes), file, vi.fn());
    expect(offsets).toEqual([pieceBytes, 2 * pieceBytes]);
  });

  it('tries again when nobody answers', async () => {
    sending.mockRejectedValueOnce(away()).mockRejectedValueOnce(away());
    const under = upload(delivery(0), file, vi.fn());
    await vi.waitFor(() => expect(uploadOf('d1')?.state).toBe('waiting'));
    await vi.runAllTimersAsync();
    await under;
    expect(offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
  });

  it('asks the server where to go on when an answer was lost', async () => {
    sending.mockImplementationOnce(async (_method, _path, body) => {
      await take(body);
      throw away();
    });
    const under = upload(delivery(0), file, vi.fn());
    await vi.runAllTimersAsync();
    await under;
    expect(offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
  });

  it('takes the place that the server names', async () => {
    received = pieceBytes; // another window was faster
    await upload(delivery(0), file, vi.fn());
    expect(offsets).toEqual([0, pieceBytes, 2 * pieceBytes]);
  });

  it('gives up after some minutes, and can be gone on with', async () => {
    sending.mockRejectedValue(away());
    const under = upload(delivery(0), file, vi.fn());
    await vi.runAllTimersAsync();
    await under;
    expect(uploadOf('d1')).toMatchObject({ state: 'refused', problem: { key: localKeys.unreachable } });
    sending.mockImplementation((_method, _path, body) => take(body) as Promise<never>);
    await upload(delivery(0), undefined, vi.fn());
    expect(received).toBe(size);
  });

  it('ends with a refusal that another try would not change', async () => {
    sending.mockRejectedValueOnce(new ProblemError(localProblem('access.permission_missing', 403)));
    await upload(delivery(0), file, vi.fn());
    expect(uploadOf('d1')).toMatchObject({ state: 'refused', problem: { status: 403 } });
  });

  it('is paused and gone on with', async () => {
    sending.mockImplementationOnce(async (_method, _path, body) => {
      const now = await take(body);
      stopUpload('d1');
      return now as never;
    });
    await upload(delivery(0), file, vi.fn());
    expect(uploadOf('d1')).toMatchObject({ state: 'stopped', received: pieceBytes });
    await upload(delivery(received), undefined, vi.fn());
    expect(received).toBe(size);
  });

  it('says that the file cannot be read any more', async () => {
    const gone = { name: file.name, size, slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) } as unknown as File;
    await upload(delivery(0), gone, vi.fn());
    expect(uploadOf('d1')?.state).toBe('unreadable');
    expect(hasFile('d1')).toBe(false);
  });

  it('is not carried on by another person', async () => {
    sending.mockRejectedValueOnce(new ProblemError(localProblem('access.permission_missing', 403)));
    await upload(delivery(0), file, vi.fn());
    expect(hasFile('d1')).toBe(true);
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ user: { id: 'u2' }, acting: 'g2', grants: [], permissions: [] }), { headers: { 'Content-Type': 'application/json' } }));
    await useSession().load();
    expect(hasFile('d1')).toBe(false);
    expect(uploadOf('d1')).toBeUndefined();
  });
});
