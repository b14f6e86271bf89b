import { openWindow } from '../../../src/renderer/app/open-window.tsx';
import { faces } from '../../../src/renderer/services.ts';
import { shelfFace } from '../shelf/face.tsx';

// The window as it is, with Calendar and two services that the app does not have.
openWindow({ calendar: faces.calendar, books: shelfFace('books', 'Books'), plants: shelfFace('plants', 'Plants') });
