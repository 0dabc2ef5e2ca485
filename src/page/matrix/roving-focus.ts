/** One element of a table takes part in the tab order; arrow keys move among them. */
export class RovingFocus {
  private current: readonly [row: number, column: number] = [0, 0];

  /** Elements by row and column as they are shown. */
  constructor(private readonly elements: readonly (readonly HTMLElement[])[]) {
    elements.forEach((row, at) =>
      row.forEach((element, place) => {
        element.addEventListener('keydown', (event) => this.onKey(event));
        element.addEventListener('focus', () => this.take([at, place]));
      }),
    );
    this.take([0, 0]);
  }

  /** Focuses the element at a place, as near as there is one. */
  focus(place: readonly [number, number]): void {
    this.take(place);
    this.at(this.current)?.focus();
  }

  private at = ([row, column]: readonly [number, number]) => this.elements[row]?.[column];

  private take([row, column]: readonly [number, number]): void {
    const last = (length: number, place: number) => Math.max(0, Math.min(length - 1, place));
    this.at(this.current)?.setAttribute('tabindex', '-1');
    const y = last(this.elements.length, row);
    this.current = [y, last(this.elements[y]?.length ?? 0, column)];
    this.at(this.current)?.setAttribute('tabindex', '0');
  }

  private onKey(event: KeyboardEvent): void {
    const [row, column] = this.current;
    const page = 10;
    const places: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? Infinity : row, Infinity],
    };
    const place = places[event.key];
    if (!place || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.focus(place);
  }
}
