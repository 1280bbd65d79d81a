import type { Edges } from "./adjacency";

/** Edges in one block, as a power of 2. */
const BLOCK_BITS = 16;
const BLOCK_SIZE = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK_SIZE - 1;

interface Block {
  from: Uint32Array;
  to: Uint32Array;
  weight: Float64Array;
}

/** Edges in blocks of typed arrays: a large knowledge base has millions of them, and none is moved to add more. */
export class EdgeList implements Edges {
  length = 0;
  private readonly blocks: Block[] = [];

  add(from: number, to: number, weight: number): void {
    const at = this.length & IN_BLOCK;
    const block = at === 0 ? this.addBlock() : this.blockOf(this.length);
    block.from[at] = from;
    block.to[at] = to;
    block.weight[at] = weight;
    this.length += 1;
  }

  from(edge: number): number {
    return this.blockOf(edge).from[edge & IN_BLOCK] ?? 0;
  }

  to(edge: number): number {
    return this.blockOf(edge).to[edge & IN_BLOCK] ?? 0;
  }

  weight(edge: number): number {
    return this.blockOf(edge).weight[edge & IN_BLOCK] ?? 0;
  }

  private addBlock(): Block {
    const block = {
      from: new Uint32Array(BLOCK_SIZE),
      to: new Uint32Array(BLOCK_SIZE),
      weight: new Float64Array(BLOCK_SIZE),
    };
    this.blocks.push(block);
    return block;
  }

  private blockOf(edge: number): Block {
    const block = this.blocks[edge >>> BLOCK_BITS];
    if (!block) throw new RangeError(`There is no edge ${edge}.`);
    return block;
  }
}
