import { css } from 'lit';

/** Tiles keep 16:9 and are as large as columns and rows allow: the smaller of what width and height give. */
export const styles = css`
:host {
  position: relative;
  inline-size: 100%;
  min-block-size: 160px;
  aspect-ratio: 16 / 10;
  background: var(--_stage);
  color: var(--_on-stage);
  border-radius: var(--_radius);
  container: grid / size;
  overflow: hidden;
}
[part=grid] { display: flex; flex-direction: column; gap: var(--_gap); block-size: 100%; padding: var(--_gap); }
[part=people] {
  --_c: var(--_columns);
  --_r: var(--_rows);
  --_w: calc((100cqw - (var(--_c) + 1) * var(--_gap)) / var(--_c));
  --_h: calc((100cqh - (var(--_r) + 1) * var(--_gap)) / var(--_r));
  flex: 1;
  display: flex;
  flex-wrap: wrap;
  align-content: center;
  justify-content: center;
  gap: var(--_gap);
}
rtc-video { flex: none; inline-size: min(var(--_w), var(--_h) * 16 / 9); }
@container grid (max-aspect-ratio: 1) {
  [part=people] { --_c: var(--_narrow-columns); --_r: var(--_narrow-rows); }
  rtc-video { inline-size: min(var(--_w), var(--_h) * 4 / 3); aspect-ratio: 4 / 3; }
}
[part=pictures] { flex: 1; display: flex; gap: var(--_gap); min-block-size: 0; }
[part=pictures] rtc-video { flex: 1; min-inline-size: 0; aspect-ratio: auto; }
.presenting [part=people] { flex: none; flex-wrap: nowrap; justify-content: safe center; overflow-x: auto; }
.presenting [part=people] rtc-video { inline-size: clamp(112px, 18cqw, 200px); }
[part=empty] {
  position: absolute;
  inset-block-start: calc(var(--_gap) + 12px);
  inset-inline: 0;
  margin: 0 auto;
  inline-size: fit-content;
  max-inline-size: 90%;
  padding: 6px 14px;
  border-radius: 999px;
  background: rgb(10 12 16 / .72);
  color: #fff;
  font-size: .9rem;
  text-align: center;
}
`;
