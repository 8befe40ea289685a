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
/** Tiles that stand upright may be narrower; a space that is lower than this has them in one row. */
const UPRIGHT = { width: 96, below: 180 };
const MAX_THUMB = 200;
/** Of a tall space with a stage: what is shared is mostly wide, and leaves people the rest. */
const STAGE_SHARE = 0.55;
/** In a wide space people stand beside each other, unless they are so much larger one above the other. */
const WORTH_STACKING = 1.2;
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
  const all = { x: 0, y: 0, width, height };
  const whole = arrangeIn(scene, all);
  if (whole.pages === 1) return whole;
  if (whole.hasColumn && height > 5 * PAGER.height) return { ...arrangeIn(scene, all, true), pager: 'beside' };
  const pager = height > 5 * PAGER.height ? 'below' : height >= 120 && width < 4 * height ? 'above' : 'beside';
  const [across, down] = pager === 'beside' ? [PAGER.width, 0] : [0, PAGER.height];
  return { ...arrangeIn(scene, { x: 0, y: pager === 'above' ? down : 0, width: width - across, height: height - down }), pager };
}

/** @param isPaged - Below a column at the side remains room for what turns pages. */
function arrangeIn(scene: Scene, space: Box, isPaged = false): Arrangement & { readonly hasColumn?: boolean } {
  const { layout, tiles, gap } = scene;
  const stage = stageOf(scene);
  if (stage.length === 0 && layout === 'strip') {
    const strip = wholeLine(space, tiles.length, gap);
    const shown = pageOf(tiles, strip.fits, scene.page);
    return { ...shown, boxes: placed('strip', shown.keys, strip.boxes(shown.keys.length)) };
  }
  if (stage.length === 0) {
    // Whoever is pinned comes first, and so stands on the first page.
    const ordered = [...tiles.filter((key) => key === scene.pinned), ...tiles.filter((key) => key !== scene.pinned)];
    const shown = pageOf(ordered, capacity(space, ordered.length, gap), scene.page);
    return { ...shown, boxes: placed('grid', shown.keys, fit(space, shown.keys.length, gap)) };
  }
  const others = tiles.filter((key) => !stage.includes(key));
  if (layout === 'spotlight') {
    const own = others.filter((key) => key === tiles.at(-1));
    const boxes = new Map([
      ...placed('stage', stage, fit(space, stage.length, gap, stage.every(isPerson))),
      ...placed('float', own, [float(space, gap, scene.corner)]),
    ]);
    return { boxes, page: 0, pages: 1 };
  }
  const strip = others.length > 0 ? besideStage(space, others.length, gap, isPaged) : { stage: space, fits: 1, boxes: () => [] };
  const shown = pageOf(others, strip.fits, scene.page);
  const boxes = new Map([
    ...placed('stage', stage, fit(strip.stage, stage.length, gap, stage.every(isPerson))),
    ...placed('strip', shown.keys, strip.boxes(shown.keys.length)),
  ]);
  return { ...shown, boxes, hasColumn: strip.stage.width < space.width };
}

/**
 * What is large: what was pinned, else all that is no camera, but for one's own screen, which would show itself; else who
 * speaks, where there is nothing but a stage.
 */
function stageOf({ layout, tiles, pinned = '', speaker = '' }: Scene): readonly string[] {
  if (layout === 'grid') return [];
  if (tiles.includes(pinned)) return [pinned];
  const ownScreen = tiles.at(-1)?.replace(/ camera$/, ' screen');
  const pictures = tiles.filter((key) => !isPerson(key) && key !== ownScreen);
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

function capacity(space: Box, count: number, gap: number, narrowest = MIN_TILE): number {
  let fits = Math.min(count, MAX_TILES);
  while (fits > 1 && !standsUpright(space, fits, gap) && (fit(space, fits, gap)[0]?.width ?? 0) < narrowest) fits--;
  return Math.max(1, fits);
}

/** In one row, where the space is low: more are seen than in two. */
const standsUpright = (space: Box, count: number, gap: number) =>
  space.height < UPRIGHT.below && (space.width - gap) / count - gap >= UPRIGHT.width;

/** As large as rows and columns allow. @param shaped - Whether they keep a shape in which a face is not cut away. */
function fit(space: Box, count: number, gap: number, shaped = true): Box[] {
  let best = { width: -1, height: 0, columns: 1 };
  const isUpright = shaped && standsUpright(space, count, gap);
  const worth = space.width > space.height ? WORTH_STACKING : 1;
  for (let mostRows = 1; mostRows <= (isUpright ? 1 : count); mostRows++) {
    const columns = Math.ceil(count / mostRows);
    const rows = Math.ceil(count / columns);
    const cell = { width: (space.width - (columns + 1) * gap) / columns, height: (space.height - (rows + 1) * gap) / rows };
    const width = shaped ? Math.min(cell.width, cell.height * WIDE) : cell.width;
    const height = shaped ? Math.min(cell.height, width / (isUpright || space.width < space.height ? TALL : WIDE)) : cell.height;
    if (Math.min(width, height) > 0 && width * height >= worth * best.width * best.height) best = { width, height, columns };
  }
  const { width, height, columns } = best;
  if (width < 0) return [];
  const rows = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    return {
      x: space.x + centred(space.width, inRow, width, gap) + (index % columns) * (width + gap),
      y: space.y + centred(space.height, rows, height, gap) + row * (height + gap),
      width, height,
    };
  });
}

/** Where the first of some in a row begins. */
const centred = (length: number, count: number, size: number, gap: number) => (length - count * size - (count - 1) * gap) / 2;

interface Line { readonly fits: number; boxes(count: number): Box[] }

/** One after the other in the middle of `space`, along its longer side. */
function line(space: Box, width: number, gap: number): Line {
  const height = width / WIDE;
  const isRow = space.width >= space.height;
  const [length, size] = isRow ? [space.width, width] : [space.height, height];
  return {
    fits: Math.max(1, Math.floor((length - gap) / (size + gap))),
    boxes: (count) => Array.from({ length: count }, (_, index) => {
      const along = centred(length, count, size, gap) + index * (size + gap);
      const [x, y] = isRow ? [along, (space.height - height) / 2] : [(space.width - width) / 2, along];
      return { x: space.x + x, y: space.y + y, width, height };
    }),
  };
}

/** Nothing on the stage: as large as one line allows, and no larger than lets all into it. */
function wholeLine(space: Box, count: number, gap: number): Line {
  const most = Math.min(space.width - 2 * gap, (space.height - 2 * gap) * WIDE);
  const isRow = space.width >= space.height;
  const share = ((isRow ? space.width : space.height) - (count + 1) * gap) / count;
  return line(space, Math.max(1, Math.min(most, Math.max(MIN_TILE, isRow ? share : share * WIDE))), gap);
}

/** In the lower part of a tall space; else in a line along the bottom or the inline end, wherever the larger picture remains. */
function besideStage(space: Box, count: number, gap: number, isPaged: boolean): Line & { readonly stage: Box } {
  if (space.height > space.width) {
    const height = space.height * STAGE_SHARE;
    const rest = { ...space, y: space.y + height - gap, height: space.height - height + gap };
    const fits = capacity(rest, count, gap, UPRIGHT.width);
    return { stage: { ...space, height }, fits, boxes: (shown) => fit(rest, shown, gap) };
  }
  const width = Math.min(MAX_THUMB, Math.max(isPaged ? PAGER.width - 2 * gap : 112, space.width * 0.18));
  const [deep, wide] = [width / WIDE + 2 * gap, width + 2 * gap];
  const above = { ...space, height: space.height - deep + gap };
  const before = { ...space, width: space.width - wide + gap };
  const tall = (stage: Box) => Math.min(stage.width / WIDE, stage.height);
  if (!isPaged && tall(above) >= tall(before)) {
    return { stage: above, ...line({ ...space, y: space.y + space.height - deep, height: deep }, width, gap) };
  }
  const height = space.height - (isPaged ? PAGER.height : 0);
  return { stage: before, ...line({ ...space, x: space.width - wide, width: wide, height }, width, gap) };
}

function float(space: Box, gap: number, { inline, block } = LOWER_END): Box {
  const width = Math.min(220, Math.max(96, space.width * 0.22));
  const height = space.width < space.height ? width / TALL : width / WIDE;
  const margin = gap * 2;
  return {
    x: inline === 'start' ? margin : space.width - width - margin, y: block === 'start' ? margin : space.height - height - margin,
    width, height,
  };
}
