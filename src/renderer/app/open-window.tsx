import './jitless.ts';
import './tokens.css';
import './base.css';
import '../common/tones.css';
import '../common/controls.css';
import '../common/notices.css';
import '../common/dialog.css';
import '../common/page.css';
import '../sign-in/sign-in.css';
import './harbour.css';
import '../common/cards.css';
import '../account/account.css';
import '../sync/sync.css';
import '../service/service.css';
import '../common/side-page.css';
import '../lab/lab.css';
import '../settings/settings.css';
import '../lab/failure-rehearsal.css';
import './motion.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Faces, FacesContext } from '../common/faces.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { refuseStrayDrops } from './stray-drops.ts';

/** Draws the window for the services that it knows. */
export function openWindow(faces: Faces): void {
  refuseStrayDrops();
  const root = document.getElementById('root');
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <FacesContext value={faces}>
          <App />
        </FacesContext>
      </ErrorBoundary>
    </StrictMode>,
  );
}
