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
[part=list] { flex: 1 1 0; overflow-y: auto; padding: 12px 16px; overscroll-behavior: contain; }
[part=list]:focus-visible { outline-offset: -2px; }
[part=empty] { margin: 0; color: var(--_muted); text-align: center; }
[part=message] { position: relative; margin-block-start: 14px; max-inline-size: 88%; inline-size: fit-content; }
[part=message]:first-of-type { margin-block-start: 0; }
[part=message].follows { margin-block-start: 4px; }
.own { margin-inline-start: auto; }
.head { display: flex; align-items: baseline; gap: 8px; margin-block-end: 2px; font-size: .8125rem; }
.own .head { justify-content: end; }
[part=author] { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
[part=time], [part=name-mark] { color: var(--_muted); font-weight: 400; white-space: nowrap; }
[part=text] {
  inline-size: fit-content;
  padding: 7px 12px;
  border-radius: 12px;
  background: var(--_sunken);
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
.own [part=text] { margin-inline-start: auto; background: var(--_accent); color: var(--_on-accent); }
[part=new] {
  position: absolute;
  inset-block-end: 72px;
  inset-inline: 0;
  margin-inline: auto;
  inline-size: fit-content;
  min-block-size: 36px;
  font-size: .875rem;
}
[part=form] {
  display: flex;
  align-items: end;
  gap: 8px;
  padding: 10px 12px 12px;
  border-block-start: 1px solid color-mix(in srgb, var(--_border) 35%, transparent);
}
textarea {
  resize: none;
  unicode-bidi: plaintext;
  field-sizing: content;
  max-block-size: 9rem;
  border-radius: 22px;
  padding-inline: 16px;
}
[part=send] { flex: none; inline-size: 44px; padding: 0; }
[part=send]:dir(rtl) svg { transform: scaleX(-1); }
@media (forced-colors: active) { [part=text] { border: 1px solid; } }
`;
