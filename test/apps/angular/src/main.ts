import { bootstrapApplication } from '@angular/platform-browser';
import 'rtc-elements/define';
import { App } from './app';

await bootstrapApplication(App);
