import { mount } from 'svelte';
import 'rtc-elements/define';
import App from './app.svelte';

const target = document.querySelector('#app');
if (target) mount(App, { target });
