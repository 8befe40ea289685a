import { render } from 'solid-js/web';
import 'rtc-elements/define';
import { App } from './app.tsx';

const root = document.querySelector('#app');
if (root) render(() => <App />, root);
