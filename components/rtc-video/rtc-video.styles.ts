import { css } from 'lit';

export const styles = css`
:host {
  position: relative;
  overflow: hidden;
  aspect-ratio: 16 / 9;
  border-radius: var(--_radius);
  background: var(--_tile);
  color: var(--_on-stage);
  container-type: inline-size;
  contain-intrinsic-inline-size: min(20rem, 100vi - 16px);
  min-inline-size: 0;
  max-inline-size: 100%;
}
figure { position: absolute; inset: 0; margin: 0; container-type: size; }
video { display: block; inline-size: 100%; block-size: 100%; object-fit: cover; }
.mirrored { transform: scaleX(-1); }
.whole { object-fit: contain; background: #000; }
[part=avatar] { position: absolute; inset: 0; display: grid; place-items: center; }
[part=avatar] span {
  display: grid;
  place-items: center;
  inline-size: clamp(28px, 40cqmin, 132px);
  aspect-ratio: 1;
  border-radius: 50%;
  background: hsl(var(--_hue) 40% 34%);
  color: #fff;
  font-size: clamp(.7rem, 15cqmin, 3rem);
  font-weight: 600;
}
[part=caption] {
  position: absolute;
  inset-block-end: 8px;
  inset-inline-start: 8px;
  display: flex;
  align-items: center;
  gap: 6px;
  max-inline-size: calc(100% - 16px);
  min-block-size: 30px;
  padding: 3px 10px;
  border-radius: 8px;
  background: rgb(10 12 16 / .72);
  color: #fff;
  font-size: .875rem;
}
.label { display: flex; gap: .3em; min-inline-size: 0; white-space: nowrap; }
.label [part=name] { overflow: hidden; text-overflow: ellipsis; }
@container (max-width: 13rem) {
  [part=caption] {
    inset-block-end: 4px;
    inset-inline-start: 4px;
    max-inline-size: calc(100% - 8px);
    min-block-size: 26px;
    padding: 1px 7px;
    font-size: .75rem;
  }
}
@container (max-height: 9rem) { [part=avatar] { inset-block-end: 26px; } }
.muted { display: flex; color: #ff9aa6; }
.muted svg { inline-size: 1.15em; block-size: 1.15em; }
[part=hand] {
  position: absolute;
  inset-block-start: 8px;
  inset-inline-start: 8px;
  display: grid;
  place-items: center;
  inline-size: clamp(28px, 14cqi, 40px);
  aspect-ratio: 1;
  border-radius: 50%;
  background: #f2c14e;
  color: #1b1f27;
}
[part=reaction] {
  position: absolute;
  inset-block-end: 14%;
  font: clamp(1.75rem, 16cqi, 4rem)/1 var(--_emoji);
  pointer-events: none;
}
[part=captions] { inset-block-end: 46px; font-size: clamp(1rem, 5cqi, 1.75rem); }
[part=status] {
  position: absolute;
  inset-block-start: 8px;
  inset-inline: 8px;
  inline-size: fit-content;
  margin-inline: auto;
  padding: 3px 12px;
  border-radius: 8px;
  background: rgb(10 12 16 / .78);
  color: #fff;
  font-size: .875rem;
}
:host(:state(interrupted)) video { filter: grayscale(1) brightness(.6); }
@media (forced-colors: active) { :host { border: 1px solid CanvasText; } }
`;
