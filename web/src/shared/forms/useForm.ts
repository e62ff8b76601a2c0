// A form's one problem and its fields: FormField finds its own messages by JSON pointer, ProblemNotice lists them all.
import { inject, provide, reactive, ref, useId, type InjectionKey, type Ref } from 'vue';
import { localKeys, localProblem, problemOf, type FieldProblem, type Problem } from '../api';

interface FormContext {
  problem: Ref<Problem | undefined>;
  idOf: (pointer: string) => string;
  /** Brings a field onto the screen that stands on another sheet of the form. */
  show: (pointer: string) => void;
  /** What a field is called, by its pointer, as long as it is on the page. */
  names: Map<string, string>;
}

const entryKey: InjectionKey<() => string> = Symbol('entry');

/** Names the entry that the fields below stand in, such as a person. */
export function provideEntry(title: () => string): void {
  provide(entryKey, title);
}

export function useEntry(): () => string {
  return inject(entryKey, () => '');
}

const formKey: InjectionKey<FormContext> = Symbol('form');

export function useFormContext(): FormContext | undefined {
  return inject(formKey, undefined);
}

export function useForm(show: FormContext['show'] = () => undefined) {
  const problem = ref<Problem>();
  const busy = ref(false);
  const prefix = useId();
  const idOf = (pointer: string) => `${prefix}${pointer.replace(/[^A-Za-z0-9]+/g, '-')}`;
  provide(formKey, { problem, idOf, show, names: reactive(new Map<string, string>()) });

  /** Runs `act` once at a time; false when it was refused, and then `problem` says why. `checks` are found on this
   *  side and spare a request; an empty list lets the act run. */
  async function submit(act: () => Promise<void>, checks: FieldProblem[] = []): Promise<boolean> {
    if (busy.value) return false;
    problem.value = undefined;
    if (checks.length > 0) {
      problem.value = localProblem(localKeys.incomplete, 422, checks);
      return false;
    }
    busy.value = true;
    try {
      await act();
      return true;
    } catch (thrown) {
      problem.value = problemOf(thrown);
      return false;
    } finally {
      busy.value = false;
    }
  }

  /** Keeps the messages of `submit`'s checks true while their fields are being filled in. The problem stays the same
   *  object, so that the focus is not taken from the field. */
  function recheck(checks: FieldProblem[]): void {
    if (problem.value?.key !== localKeys.incomplete) return;
    if (checks.length > 0) problem.value.errors = checks;
    else problem.value = undefined;
  }

  return { problem, busy, submit, recheck, idOf };
}

/** A check for `submit`: nothing when it holds. */
export function check(pointer: string, holds: boolean, message: string): FieldProblem[] {
  return holds ? [] : [{ pointer, key: 'shared.checks', message }];
}
