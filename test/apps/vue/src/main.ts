import { createApp } from 'vue';
import 'rtc-elements/define';
import App from './app.vue';

createApp(App).mount('#app');
