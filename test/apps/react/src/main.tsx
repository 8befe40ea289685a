import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'rtc-elements/define';
import { App } from './app.tsx';

const root = document.querySelector('#app');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
