import { css } from 'lit';

/** What stands in a slot `captions`: readable on any picture. */
export const captionLines = css`
[name=captions]::slotted(*) {
  max-inline-size: 100%;
  margin: 0;
  padding: 4px 12px;
  border-radius: 8px;
  background: rgb(10 12 16 / .85);
  color: #fff;
  line-height: 1.35;
  text-align: center;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
}
[name=captions]::slotted(:empty) { display: none; }
`;

/** Where it stands: over a picture, in the way of nothing. */
export const captionPlace = css`
[part=captions] {
  position: absolute;
  inset-inline: 8px;
  z-index: 2;
  display: grid;
  justify-items: center;
  gap: 4px;
  pointer-events: none;
}
`;
