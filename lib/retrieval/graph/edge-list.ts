const FIRST_CAPACITY = 1024;

/** Weighted edges in typed arrays that grow: a large knowledge base has millions of them. */
export class EdgeList {
  length = 0;
  from = new Uint32Array(FIRST_CAPACITY);
  to = new Uint32Array(FIRST_CAPACITY);
  /** Above 0; what counts is its share in the edges of `from`. */
  weight = new Float64Array(FIRST_CAPACITY);

  add(from: number, to: number, weight: number): void {
    if (this.length === this.from.length) this.grow();
    this.from[this.length] = from;
    this.to[this.length] = to;
    this.weight[this.length] = weight;
    this.length += 1;
  }

  private grow(): void {
    const { from, to, weight } = this;
    const capacity = this.length * 2;
    this.from = new Uint32Array(capacity);
    this.to = new Uint32Array(capacity);
    this.weight = new Float64Array(capacity);
    this.from.set(from);
    this.to.set(to);
    this.weight.set(weight);
  }
}
