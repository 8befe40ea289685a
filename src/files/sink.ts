import { BLOCK_BYTES } from './blocks.ts';

/** Where a file goes that is received. Blocks come in order, and a second time where the first was wrong. */
export interface Sink {
  /** Takes a block again in place of an earlier one. */
  readonly rewrites: boolean;
  write(index: number, block: Uint8Array<ArrayBuffer>): Promise<unknown>;
  /** @returns the whole file, where it was kept in memory */
  finish(): Promise<Blob | undefined>;
  /** Nothing of it is wanted. */
  abort(): void;
}

export type Target = FileSystemFileHandle | WritableStream<Uint8Array>;

/** @throws what opening the file throws */
export async function openSink(target: Target | undefined): Promise<Sink> {
  if (!target) return memorySink();
  return 'createWritable' in target ? fileSink(await target.createWritable()) : streamSink(target.getWriter());
}

function memorySink(): Sink {
  let blocks: Blob[] = [];
  return {
    rewrites: true,
    // A Blob may lie on disk, if the browser thinks so.
    write: (index, block) => Promise.resolve(blocks[index] = new Blob([block])),
    // Never what the sender claims: a page that opens it must not run it.
    finish: () => Promise.resolve(new Blob(blocks, { type: 'application/octet-stream' })),
    abort: () => { blocks = []; },
  };
}

function fileSink(file: FileSystemWritableFileStream): Sink {
  return {
    rewrites: true,
    write: (index, data) => file.write({ type: 'write', position: index * BLOCK_BYTES, data }),
    finish: () => file.close().then(() => undefined),
    abort: () => { file.abort().catch(ignore); },
  };
}

function streamSink(writer: WritableStreamDefaultWriter<Uint8Array>): Sink {
  return {
    rewrites: false,
    write: (_, block) => writer.write(block),
    finish: () => writer.close().then(() => undefined),
    abort: () => { writer.abort().catch(ignore); },
  };
}

/** What is given up may fail to be given up. */
function ignore(): void { /* Whoever aborts knows why already. */ }
