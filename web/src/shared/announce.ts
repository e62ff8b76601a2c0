// Short news after an act ("已保存"), shown at the foot of the window and read out. Never the only place of something
// that must not be missed.
import { readonly, ref } from 'vue';

const current = ref('');
let timer: ReturnType<typeof setTimeout> | undefined;

export const announcement = readonly(current);

export function announce(text: string): void {
  clearTimeout(timer);
  current.value = text;
  timer = setTimeout(() => { current.value = ''; }, 8_000);
}
