/** The page of the stories: `?story=rtc-chat/several&theme=dark&dir=rtl&lang=ar&density=.8`, or the index. */
import { html, render } from 'lit';
import '../../components/define/all.ts';
import { LANGUAGES } from '../../components/internal/languages.ts';
import { STORIES, storyOf } from './all.ts';
import { installDevices } from './media.ts';
import { Stage } from './stage.ts';

/** A clock that stands still: what is said has the same time in every picture. */
const NOW_MS = Date.UTC(2026, 4, 4, 9, 30);
const CHOICES = {
  theme: ['', 'light', 'dark'], dir: ['', 'ltr', 'rtl'], density: ['', '.8', '1.2'], lang: ['en', ...Object.keys(LANGUAGES)],
};

const wanted = new URLSearchParams(location.search);
const page = document.documentElement;
const frame = document.body.appendChild(document.createElement('main'));
for (const name of ['dir', 'lang']) {
  const value = wanted.get(name);
  if (value) page.setAttribute(name, value);
}
page.dataset['theme'] = wanted.get('theme') ?? '';
page.style.setProperty('--rtc-density', wanted.get('density') ?? '');

const name = wanted.get('story') ?? '';
const story = storyOf(name);
if (story) {
  document.title = name;
  Date.now = () => NOW_MS;
  installDevices();
  const stage = new Stage(frame);
  await story(stage);
  await stage.settled();
} else {
  page.className = 'index';
  render(index(), frame);
}
page.dataset['shown'] = name;

function index(): unknown {
  const address = (story: string) => `?${new URLSearchParams({ ...Object.fromEntries(wanted), story }).toString()}`;
  return html`<h1>Stories</h1>
    <form @change=${({ currentTarget }: Event) => { (currentTarget as HTMLFormElement).submit(); }}>
      ${Object.entries(CHOICES).map(([name, values]) => html`<label>${name} <select name=${name}>${values.map((value) =>
        html`<option ?selected=${value === (wanted.get(name) ?? '')} value=${value}>${value || 'usual'}</option>`)}</select></label>`)}
    </form>
    ${Object.entries(STORIES).map(([tag, stories]) => html`<h2>${tag}</h2>
      <ul>${Object.keys(stories).map((state) => html`<li><a href=${address(`${tag}/${state}`)}>${state}</a></li>`)}</ul>`)}`;
}
