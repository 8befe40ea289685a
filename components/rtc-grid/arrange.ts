/** Where tiles stand. Numbers in CSS pixels; `x` counts from the inline start. */
export type Layout = 'auto' | 'grid' | 'spotlight' | 'strip';
export type Place = 'grid' | 'stage' | 'strip' | 'float';
export interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export interface Placed extends Box { readonly place: Place }

export interface Scene {
  readonly layout: Layout;
  /** `participant source`: pictures first, then people, oneself last. */
  readonly tiles: readonly string[];
  readonly pinned?: string | undefined;
  /** The participant that the stage follows. */
  readonly speaker?: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly gap: number;
  /** From 0; beyond the last, the last. */
  readonly page: number;
  /** Where one's own small picture floats. @default the lower end */
  readonly corner?: Corner | undefined;
}

export interface Corner { readonly inline: 'start' | 'end'; readonly block: 'start' | 'end' }

export const LOWER_END: Corner = { inline: 'end', block: 'end' };

export interface Arrangement {
  /** Only of tiles that are shown. */
  readonly boxes: ReadonlyMap<string, Placed>;
  readonly page: number;
  readonly pages: number;
  /** Where there is room for what turns pages. */
  readonly pager?: 'below' | 'above' | 'beside';
}

/** The narrowest tile in which a name can be read, and the most on a page: beyond it they are stamps, with a decoder each. */
const MIN_TILE = 120;
const MAX_TILES = 16;
/** Tiles that stand upright may be narrower; a room that is lower than this has them in one row. */
const UPRIGHT = { width: 96, room: 180 };
const MAX_THUMB = 200;
/** What turns pages takes so much, below, above or beside the tiles. */
const PAGER = { width: 180, height: 44 };
const WIDE = 16 / 9;
const TALL = 3 / 4;

export const isPerson = (key: string): boolean => key.endsWith(' camera');

/**
 * All tiles alike, in rows or in one line; or a stage with the others in a line, or with oneself floating over it. Nothing moves
 * because somebody speaks, but for the one picture of a spotlight.
 */
export function arrange(scene: Scene): Arrangement {
  const { width, height } = scene;
  const whole = arrangeIn(scene, { x: 0, y: 0, width, height });
  if (whole.pages === 1) return whole;
  const pager = height > 5 * PAGER.height ? 'below' : height >= 120 && width < 4 * height ? 'above' : 'beside';
  const [across, down] = pager === 'beside' ? [PAGER.width, 0] : [0, PAGER.height];
  return { ...arrangeIn(scene, { x: 0, y: pager === 'above' ? down : 0, width: width - across, height: height - down }), pager };
}

function arrangeIn(scene: Scene, room: Box): Arrangement {
  const { layout, tiles, gap } = scene;
  const stage = stageOf(scene);
  if (stage.length === 0 && layout === 'strip') {
    const strip = wholeLine(room, tiles.length, gap);
    const shown = pageOf(tiles, strip.fits, scene.page);
    return { ...shown, boxes: placed('strip', shown.keys, strip.boxes(shown.keys.length)) };
  }
  if (stage.length === 0) {
    // Whoever is pinned comes first, and so stands on the first page.
    const ordered = [...tiles.filter((key) => key === scene.pinned), ...tiles.filter((key) => key !== scene.pinned)];
    const shown = pageOf(ordered, capacity(room, ordered.length, gap), scene.page);
    return { ...shown, boxes: placed('grid', shown.keys, fit(room, shown.keys.length, gap)) };
  }
  const others = tiles.filter((key) => !stage.includes(key));
  if (layout === 'spotlight') {
    const own = others.filter((key) => key === tiles.at(-1));
    const boxes = new Map([
      ...placed('stage', stage, fit(room, stage.length, gap, stage.every(isPerson))),
      ...placed('float', own, [float(room, gap, scene.corner)]),
    ]);
    return { boxes, page: 0, pages: 1 };
  }
  const strip = others.length > 0 ? besideStage(room, gap) : { stage: room, fits: 1, boxes: () => [] };
  const shown = pageOf(others, strip.fits, scene.page);
  const boxes = new Map([
    ...placed('stage', stage, fit(strip.stage, stage.length, gap, stage.every(isPerson))),
    ...placed('strip', shown.keys, strip.boxes(shown.keys.length)),
  ]);
  return { ...shown, boxes };
}

/** What is large: what was pinned, else all that is no camera; else who speaks, where there is nothing but a stage. */
function stageOf({ layout, tiles, pinned = '', speaker = '' }: Scene): readonly string[] {
  if (layout === 'grid') return [];
  if (tiles.includes(pinned)) return [pinned];
  const pictures = tiles.filter((key) => !isPerson(key));
  if (pictures.length > 0 || layout !== 'spotlight') return pictures;
  return [`${speaker} camera`, ...tiles].filter((key) => tiles.includes(key)).slice(0, 1);
}

function pageOf(keys: readonly string[], fits: number, wanted: number): { keys: readonly string[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(keys.length / fits));
  const page = Math.min(wanted, pages - 1);
  return { keys: keys.slice(page * fits, (page + 1) * fits), page, pages };
}

function placed(place: Place, keys: readonly string[], boxes: readonly Box[]): Map<string, Placed> {
  return new Map(keys.flatMap((key, index) => boxes[index] ? [[key, { ...boxes[index], place }]] : []));
}

function capacity(room: Box, count: number, gap: number): number {
  let fits = Math.min(count, MAX_TILES);
  while (fits > 1 && !standsUpright(room, fits, gap) && (fit(room, fits, gap)[0]?.width ?? 0) < MIN_TILE) fits--;
  return Math.max(1, fits);
}

/** In one row, where the room is low: more are seen than in two. */
const standsUpright = (room: Box, count: number, gap: number) =>
  room.height < UPRIGHT.room && (room.width - gap) / count - gap >= UPRIGHT.width;

/** As large as rows and columns allow. @param shaped - Whether they keep a shape in which a face is not cut away. */
function fit(room: Box, count: number, gap: number, shaped = true): Box[] {
  let best = { width: -1, height: 0, columns: 1 };
  const isUpright = shaped && standsUpright(room, count, gap);
  for (let columns = isUpright ? count : 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = { width: (room.width - (columns + 1) * gap) / columns, height: (room.height - (rows + 1) * gap) / rows };
    const width = shaped ? Math.min(cell.width, cell.height * WIDE) : cell.width;
    const height = shaped ? Math.min(cell.height, width / (isUpright || room.width < room.height ? TALL : WIDE)) : cell.height;
    if (Math.min(width, height) > 0 && width * height > best.width * best.height) best = { width, height, columns };
  }
  const { width, height, columns } = best;
  if (width < 0) return [];
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    return {
      x: room.x + centred(room.width, inRow, width, gap) + (index % columns) * (width + gap),
      y: room.y + centred(room.height, rows, height, gap) + row * (height + gap),
      width, height,
    };
  });
}

/** Where the first of some in a row begins. */
const centred = (space: number, count: number, size: number, gap: number) => (space - count * size - (count - 1) * gap) / 2;

interface Line { readonly fits: number; boxes(count: number): Box[] }

/** One after the other in the middle of `room`, along its longer side. */
function line(room: Box, width: number, gap: number): Line {
  const height = width / WIDE;
  const isRow = room.width >= room.height;
  const [space, size] = isRow ? [room.width, width] : [room.height, height];
  return {
    fits: Math.max(1, Math.floor((space - gap) / (size + gap))),
    boxes: (count) => Array.from({ length: count }, (_, index) => {
      const along = centred(space, count, size, gap) + index * (size + gap);
      const [x, y] = isRow ? [along, (room.height - height) / 2] : [(room.width - width) / 2, along];
      return { x: room.x + x, y: room.y + y, width, height };
    }),
  };
}

/** Nothing on the stage: as large as one line allows, and no larger than lets all into it. */
function wholeLine(room: Box, count: number, gap: number): Line {
  const most = Math.min(room.width - 2 * gap, (room.height - 2 * gap) * WIDE);
  const isRow = room.width >= room.height;
  const share = ((isRow ? room.width : room.height) - (count + 1) * gap) / count;
  return line(room, Math.max(1, Math.min(most, Math.max(MIN_TILE, isRow ? share : share * WIDE))), gap);
}

/** Along the bottom or the inline end, wherever the larger picture remains. */
function besideStage(room: Box, gap: number): Line & { readonly stage: Box } {
  const width = Math.min(MAX_THUMB, Math.max(112, room.width * 0.18));
  const [deep, wide] = [width / WIDE + 2 * gap, width + 2 * gap];
  const above = { ...room, height: room.height - deep + gap };
  const before = { ...room, width: room.width - wide + gap };
  const tall = (stage: Box) => Math.min(stage.width / WIDE, stage.height);
  if (tall(above) >= tall(before)) {
    return { stage: above, ...line({ ...room, y: room.y + room.height - deep, height: deep }, width, gap) };
  }
  return { stage: before, ...line({ ...room, x: room.width - wide, width: wide }, width, gap) };
}

function float(room: Box, gap: number, { inline, block } = LOWER_END): Box {
  const width = Math.min(220, Math.max(96, room.width * 0.22));
  const height = room.width < room.height ? width / TALL : width / WIDE;
  const margin = gap * 2;
  return {
    x: inline === 'start' ? margin : room.width - width - margin, y: block === 'start' ? margin : room.height - height - margin,
    width, height,
  };
}
