// Whether a form is on the page: while its step is open to the reader, and after that as long as something typed in it has
// not been sent. Somebody else may have taken the step meanwhile; what was typed must not vanish with it.
import { computed, type ComputedRef } from 'vue';
import type { Schema } from '@/shared/api';
import { useCaseFile } from './case-file';

export function useOffered(action: Schema<'Action'>, isTyped: () => boolean = () => false): ComputedRef<boolean> {
  const file = useCaseFile();
  return computed(() => file.view.value.open_steps.some((step) => step.action === action) || isTyped());
}
