import { useEffect, useState } from 'react';
import { openWindow } from '../../../src/renderer/app/open-window.tsx';
import type { Opened, ScreenProps } from '../../../src/renderer/common/faces.ts';
import { faces } from '../../../src/renderer/services.ts';

// The window with contacts only, whose screen is asked for one person by an event of the page.
const { Screen } = faces.contacts;

function AskedFor(props: ScreenProps) {
  const [opened, open] = useState<Opened | null>(null);
  useEffect(() => {
    const hear = (event: Event) => open((event as CustomEvent<Opened>).detail);
    addEventListener('asked-for', hear);
    return () => removeEventListener('asked-for', hear);
  }, []);
  return <Screen {...props} opened={opened} />;
}

openWindow({ contacts: { ...faces.contacts, Screen: AskedFor } });
