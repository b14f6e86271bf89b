import { net } from './net.ts';
import { unsupported } from './strict.ts';

/** What `electron` is inside a utility process: https://www.electronjs.org/docs/latest/tutorial/process-model */
export { net };
export const systemPreferences: never = unsupported('systemPreferences');
