// A half-typed application stays while one looks at another page. It lives in the memory of this window only: never in
// the browser's storage, where the next person at a shared machine could find citizen numbers. It goes when its writer
// signs out, and before anybody else comes in; when a session merely runs out, its writer finds it after signing in again.
import { useSession } from '@/features/session';
import { isBegun, newDraft, type Draft } from './draft';

interface Kept { owner: string; draft: Draft }
let kept: Kept | undefined;
let listening = false;

export function takeDraft(): Draft {
  const session = useSession();
  const owner = session.user?.id ?? '';
  if (!listening) {
    listening = true;
    session.onChangeOfPerson(() => {
      if (session.signedIn ? session.user?.id !== kept?.owner : session.leftByChoice) kept = undefined;
    });
  }
  if (kept?.owner !== owner) kept = { owner, draft: newDraft() };
  return kept.draft;
}

export function keepDraft(draft: Draft): void {
  kept = isBegun(draft) ? { owner: useSession().user?.id ?? '', draft } : undefined;
}

export function dropDraft(): void {
  kept = undefined;
}
