import './jitless.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/tones.css';
import './styles/controls.css';
import './styles/telling.css';
import './styles/dialog.css';
import './styles/screens.css';
import './styles/harbour.css';
import './styles/cards.css';
import './styles/agenda.css';
import './styles/detour.css';
import './styles/lab.css';
import './styles/settings.css';
import './styles/rehearse.css';
import './styles/motion.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { Safely } from './screens/trouble.tsx';
import { refuseStrayDrops } from './stray-drops.ts';

refuseStrayDrops();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Safely>
        <App />
      </Safely>
    </StrictMode>,
  );
}
