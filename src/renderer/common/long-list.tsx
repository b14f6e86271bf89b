import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { VList, type VListHandle } from 'virtua';
import './long-list.css';

interface Props<T> {
  readonly label: string;
  /** The beginning of the list, as far as it was read. */
  readonly rows: readonly T[];
  /** How many rows the whole list has. */
  readonly total: number;
  readonly keyOf: (row: T) => string;
  /** The key of the row that is shown beside the list. */
  readonly selected: string | null;
  readonly onSelect: (row: T) => void;
  /** Called on Enter: somebody wants to go to what is shown beside the list. */
  readonly onEnter: () => void;
  /** Called when the end of what was read comes into view. */
  readonly onNearEnd: () => void;
  readonly children: (row: T) => ReactNode;
}

/** So many rows before the end of what was read, the next ones are asked for. */
const ahead = 50;

/**
 * A list of any length of which only the rows in sight are in the page; the keys of a listbox move through it, and what is
 * moved to is selected: https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function LongList<T>(props: Props<T>) {
  const { label, rows, total, keyOf, selected, onSelect, onEnter, onNearEnd, children } = props;
  const id = useId();
  const list = useRef<VListHandle>(null);
  const at = rows.findIndex((row) => keyOf(row) === selected);

  // What was selected elsewhere, as from a search, comes into sight.
  useEffect(() => {
    if (at >= 0) list.current?.scrollToIndex(at, { align: 'nearest' });
  }, [at]);

  function readOn(): void {
    const { current } = list;
    if (current === null || rows.length >= total) return;
    if (current.findItemIndex(current.scrollOffset + current.viewportSize) >= rows.length - ahead) onNearEnd();
  }
  // A first answer may be shorter than the window, so that nobody ever scrolls.
  useEffect(readOn);

  function moveBy(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((list.current?.viewportSize ?? 0) / (list.current?.getItemSize(at) || 1)) - 1);
    const last = rows.length - 1;
    const to = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at < 0 ? last : at - 1],
      ['PageDown', at + page],
      ['PageUp', at - page],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      onEnter();
    }
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (to >= last) onNearEnd();
    const row = rows[Math.min(Math.max(to, 0), last)];
    if (row !== undefined) onSelect(row);
  }

  return (
    <div
      className="long-list"
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
      onKeyDown={moveBy}
    >
      <VList ref={list} onScroll={readOn} keepMounted={at >= 0 ? [at] : []}>
        {rows.map((row, index) => {
          const key = keyOf(row);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the listbox's.
            // biome-ignore lint/a11y/useFocusableInteractive: the listbox has the focus, and names its active row.
            <div
              key={key}
              id={`${id}-${index}`}
              className="long-list-row"
              role="option"
              aria-selected={key === selected}
              aria-setsize={total}
              aria-posinset={index + 1}
              onClick={() => onSelect(row)}
            >
              {children(row)}
            </div>
          );
        })}
      </VList>
    </div>
  );
}
