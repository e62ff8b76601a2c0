// Attributes that our templates pass through components to their root or control; vue-tsc checks all others.
import 'vue';

declare module 'vue' {
  interface AllowedComponentProps {
    'aria-label'?: string;
    autocapitalize?: string;
    spellcheck?: boolean | 'true' | 'false';
    href?: string;
  }
}
