/** Where the tiles of a recording stand, in pixels. */
export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const GAP = 8;
const WIDE = 16 / 9;
/** Of the width, for people beside a screen. */
const BESIDE = 0.2;

/** All in one picture: screens as large as they can be, people alike; beside screens, if there are any. */
export function placeTiles(screens: number, people: number, width: number, height: number): Box[] {
  const beside = screens > 0 && people > 0 ? width * BESIDE : 0;
  return [
    ...fit(screens, { x: 0, y: 0, width: width - beside, height }),
    ...fit(people, { x: screens > 0 ? width - beside : 0, y: 0, width: beside || width, height }),
  ];
}

/** Rows of equal tiles in the middle, in as many columns as make them largest. */
function fit(count: number, { x, y, width, height }: Box): Box[] {
  const rowsOf = (columns: number) => Math.ceil(count / columns);
  const sizeOf = (columns: number) => Math.min(width / columns, (height / rowsOf(columns)) * WIDE);
  const columns = Array.from({ length: count }, (_, i) => i + 1).sort((one, other) => sizeOf(other) - sizeOf(one))[0] ?? 1;
  const [cellWidth, cellHeight] = [sizeOf(columns), sizeOf(columns) / WIDE];
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    return {
      x: x + (width - inRow * cellWidth) / 2 + (i % columns) * cellWidth + GAP / 2,
      y: y + (height - rowsOf(columns) * cellHeight) / 2 + row * cellHeight + GAP / 2,
      width: cellWidth - GAP, height: cellHeight - GAP,
    };
  });
}
