// The pictures of docs/tour, in the order of the road. Lets days pass on the server and pays a month, so run it against a
// demonstration that may be thrown away (tools/with-demo-server).
import { afterAll, beforeAll, expect, it } from 'vitest';
import { close, faults, open } from './camera';

beforeAll(open);
afterAll(close);

await import('./lists');
await import('./road'); // before a new standard changes what was publicised
await import('./benefits');

it('no page sticks out', () => { expect(faults).toEqual([]); });
