import { css } from 'lit';

export const styles = css`
:host {
  position: relative;
  display: flex;
  flex-direction: column;
  block-size: 100%;
  min-block-size: 200px;
  background: var(--_surface);
}
[part=list] { position: relative; flex: 1 1 0; overflow: hidden auto; padding: calc(12 * var(--_px)) calc(16 * var(--_px)); overflow-anchor: none; overscroll-behavior: contain; }
[part=list]:focus-visible { outline-offset: -2px; }
[part=list]:has(~ [part=new]) { scroll-padding-block-end: calc(56 * var(--_px)); }
[part=empty] { margin: 0; color: var(--_muted); text-align: center; }
[part=message] { position: relative; margin-block-start: calc(14 * var(--_px)); max-inline-size: min(92%, 100% - 20 * var(--_px)); inline-size: fit-content; border-radius: 12px; }
[part=message].transfer { inline-size: min(22rem, 92%); }
[part=message].follows { margin-block-start: calc(4 * var(--_px)); }
.own { margin-inline-start: auto; }
.head { display: flex; align-items: baseline; gap: calc(8 * var(--_px)); margin-block-end: 2px; font-size: .8125rem; }
.own .head { justify-content: end; }
[part=author] { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[part=time], [part=name-mark], [part=told-by] { color: var(--_muted); font-weight: 400; white-space: nowrap; }
[part=told-by] { font-style: italic; overflow: hidden; text-overflow: ellipsis; }
.bubble { position: relative; inline-size: fit-content; max-inline-size: 100%; }
.own .bubble { margin-inline-start: auto; }
[part=text] {
  min-inline-size: 0;
  padding: calc(7 * var(--_px)) calc(12 * var(--_px));
  border-radius: 12px;
  background: var(--_sunken);
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
.own [part=text] { background: var(--_accent); color: var(--_on-accent); }
[part=message]:has([part=told-by]) [part=text] { background: none; outline: 1px dashed var(--_border); outline-offset: -1px; }
[part=text].emoji { padding-inline: calc(4 * var(--_px)); background: none; font-size: 2.25rem; line-height: 1.2; }
[part=link] { color: inherit; text-underline-offset: 2px; }
[part=quote] {
  display: block;
  inline-size: 100%;
  min-block-size: max(24px, 28 * var(--_px));
  margin-block-end: calc(5 * var(--_px));
  padding: 2px calc(8 * var(--_px));
  border: 0;
  border-inline-start: 3px solid currentColor;
  border-radius: 4px;
  background: color-mix(in srgb, currentColor 10%, transparent);
  color: inherit;
  font-size: .8125rem;
  font-weight: 400;
  text-align: start;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
[part=text]:has([part=quote]) { inline-size: 16rem; }
[part=quote-author] { font-weight: 600; }
[part=quote] [part=name-mark] { color: inherit; }
button:is([part=reply], [part=reply-cancel]) { inline-size: max(24px, 32 * var(--_px)); min-block-size: max(24px, 32 * var(--_px)); padding: 0; background: none; color: var(--_muted); flex: none; }
[part=reply] {
  position: absolute;
  inset-block: 0;
  inset-inline-start: 100%;
  block-size: max(24px, 32 * var(--_px));
  margin-block: auto;
  opacity: 0;
  pointer-events: none;
}
.own [part=reply] { inset-inline: auto 100%; }
[part=message]:is(:hover, :focus-within) [part=reply] { opacity: 1; pointer-events: auto; }
[part=reply]:dir(rtl) svg { transform: scaleX(-1); }
[part=delivery] { margin-block-start: 2px; color: var(--_muted); font-size: .75rem; text-align: end; }
[part=divider] {
  display: flex;
  align-items: center;
  gap: calc(10 * var(--_px));
  margin-block: calc(16 * var(--_px)) 2px;
  color: var(--_text);
  font-size: .75rem;
  font-weight: 600;
}
[part=divider]::before, [part=divider]::after { content: ''; flex: 1; block-size: 1px; background: var(--_danger); }
[part=divider].earlier { color: var(--_muted); }
[part=divider].earlier::before, [part=divider].earlier::after { background: color-mix(in srgb, var(--_border) 50%, transparent); }
[part=export] {
  display: flex;
  min-block-size: max(24px, 32 * var(--_px));
  margin-inline: auto;
  padding-inline: calc(12 * var(--_px));
  background: none;
  color: var(--_muted);
  font-size: .8125rem;
  text-decoration: underline;
  text-underline-offset: 2px;
}
[part=new] {
  position: absolute;
  inset-block-end: calc(1.5rem + 64 * var(--_px));
  inset-inline: 0;
  margin-inline: auto;
  inline-size: fit-content;
  min-block-size: max(24px, 36 * var(--_px));
  font-size: .875rem;
}
[part=typing] {
  block-size: 1.25rem;
  padding-inline: calc(16 * var(--_px));
  color: var(--_muted);
  font-size: .8125rem;
  line-height: 1.25rem;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
[part=replying] { display: flex; align-items: center; gap: calc(8 * var(--_px)); padding: calc(6 * var(--_px)) calc(8 * var(--_px)) 0; padding-inline-start: calc(16 * var(--_px)); }
[part=replying] [part=quote] { flex: 1; min-inline-size: 0; max-inline-size: none; margin: 0; }
[part=form] {
  display: flex;
  align-items: end;
  gap: calc(8 * var(--_px));
  padding: calc(8 * var(--_px)) calc(12 * var(--_px)) calc(12 * var(--_px));
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 35%, transparent);
}
textarea {
  resize: none;
  unicode-bidi: plaintext;
  field-sizing: content;
  max-block-size: 9rem;
  border-radius: 22px;
  padding-inline: calc(16 * var(--_px));
}
[part=attach] { inline-size: calc(44 * var(--_px)); min-block-size: calc(44 * var(--_px)); margin-inline: calc(-6 * var(--_px)); background: none; color: var(--_muted); }
[part=send] { flex: none; inline-size: calc(44 * var(--_px)); padding: 0; }
[part=send]:dir(rtl) svg { transform: scaleX(-1); }
@media (forced-colors: active) {
  [part=text] { border: 1px solid; }
  [part=reply] { opacity: 1; pointer-events: auto; }
  [part=divider]::before, [part=divider]::after { background: CanvasText; }
}
`;
