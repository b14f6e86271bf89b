import { faces } from '../services.ts';
import { openWindow } from './open-window.tsx';

openWindow(faces);
