/** An arrow to the right: drawn, since not every font has one. */
export function Arrow() {
  return (
    <svg class="arrow" viewBox="0 0 16 10" width="16" height="10" aria-hidden="true">
      <path d="M1 5h13M10 1l4 4-4 4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}
