const modifiers = /^(command|cmd|control|ctrl|commandorcontrol|cmdorctrl|alt|option|altgr|shift|super|meta)$/i;
const keys = new RegExp(
  `^([0-9a-z]|f([1-9]|1[0-9]|2[0-4])|[)!@#$%^&*(:;+=<,_\\->./?~\`{\\][|\\\\}"']|plus|space|tab|capslock|numlock|` +
    'scrolllock|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc|' +
    'volumeup|volumedown|volumemute|medianexttrack|mediaprevioustrack|mediastop|mediaplaypause|printscreen|' +
    'num([0-9]|dec|add|sub|mult|div))$',
  'i',
);

/** https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts#accelerators */
export function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+');
  const key = parts.pop() ?? '';
  if (!keys.test(key) || !parts.every((part) => modifiers.test(part))) {
    throw new TypeError(`not an accelerator: ${accelerator}`);
  }
}
