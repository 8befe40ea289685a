import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createElement, StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import './define/all.ts';

it('an app with <rtc-room> is rendered on a server, its definitions imported', () => {
  const App = () => createElement('rtc-room', {
    name: 'lobby', 'display-name': 'Ada', autojoin: true, 'relay-only': false, getToken: () => 'none', 'onrtc-joined': () => undefined,
  }, createElement('rtc-grid', { layout: 'strip' }));
  assert.equal(renderToString(createElement(StrictMode, null, createElement(App))),
    '<rtc-room name="lobby" display-name="Ada" autojoin=""><rtc-grid layout="strip"></rtc-grid></rtc-room>');
});
