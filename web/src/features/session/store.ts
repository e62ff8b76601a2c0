// Who is signed in, in which role and region, and what that allows. The server decides; this only remembers its answer.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { api, ask, ProblemError, type Problem, type Schema } from '@/shared/api';

type Session = Schema<'SessionView'>;

export const useSession = defineStore('session', () => {
  const current = ref<Session>();
  /** Why the server could not say who is signed in. */
  const failure = ref<Problem>();
  /** The last session ended because its person signed out; it did not merely run out. */
  const leftByChoice = ref(false);
  const listeners: (() => void)[] = [];
  let asked: Promise<void> | undefined;

  const grants = computed(() => current.value?.grants ?? []);
  const actingGrant = computed(() => grants.value.find((grant) => grant.id === current.value?.acting));
  const permissions = computed(() => new Set(current.value?.permissions ?? []));

  function accept(session: Session | undefined): void {
    const changed = session?.user.id !== current.value?.user.id || session?.acting !== current.value?.acting;
    current.value = session;
    if (changed) for (const listener of listeners) listener();
  }

  async function load(): Promise<void> {
    failure.value = undefined;
    try {
      accept(await ask(api.GET('/session')));
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) throw thrown;
      if (thrown.problem.status === 401) accept(undefined);
      else failure.value = thrown.problem;
    }
  }

  /** Asks the server once; again only after it could not be reached. */
  async function ensureLoaded(): Promise<void> {
    asked ??= load();
    await asked;
    if (failure.value) asked = undefined;
  }

  async function signIn(login: string, password: string, code: string | undefined): Promise<void> {
    accept(await ask(api.POST('/session', { body: code ? { login, password, code } : { login, password } })));
    failure.value = undefined;
    leftByChoice.value = false;
    asked = Promise.resolve();
  }

  async function signOut(): Promise<void> {
    await ask(api.DELETE('/session'));
    leftByChoice.value = true;
    accept(undefined);
  }

  async function act(grant: string): Promise<void> {
    accept(await ask(api.PUT('/session/acting', { body: { grant } })));
  }

  async function changePassword(old: string, fresh: string): Promise<void> {
    accept(await ask(api.PUT('/session/password', { body: { old_password: old, new_password: fresh } })));
  }

  return {
    user: computed(() => current.value?.user),
    grants,
    acting: computed(() => current.value?.acting ?? ''),
    actingGrant,
    csrfToken: computed(() => current.value?.csrf_token),
    signedIn: computed(() => current.value !== undefined),
    mustChangePassword: computed(() => current.value?.must_change_password ?? false),
    secondFactorEnabled: computed(() => current.value?.second_factor_enabled ?? false),
    demo: computed(() => current.value?.demo ?? false),
    /** The server's date; "today" is never this machine's. */
    today: computed(() => current.value?.today ?? ''),
    failure,
    leftByChoice,
    /** Of several, one is enough. */
    may: (permission: Schema<'Permission'> | readonly Schema<'Permission'>[]) => [permission].flat().some((each) => permissions.value.has(each)),
    load,
    ensureLoaded,
    signIn,
    signOut,
    act,
    changePassword,
    /** The server no longer knows us. */
    forget: () => {
      leftByChoice.value = false;
      accept(undefined);
    },
    /** Runs after another person or role has come in. */
    onChangeOfPerson: (listener: () => void) => { listeners.push(listener); },
  };
});
