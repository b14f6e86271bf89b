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
import '../calendar/agenda.css';
import '../common/side-page.css';
import '../lab/lab.css';
import '../settings/settings.css';
import '../lab/failure-rehearsal.css';
import './motion.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { FacesContext } from '../common/faces.ts';
import { faces } from '../services.ts';
import { App } from './app.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { refuseStrayDrops } from './stray-drops.ts';

refuseStrayDrops();

const root = document.getElementById('root');
if (root) {
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
