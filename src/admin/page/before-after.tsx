import { useState } from "preact/hooks";

interface BeforeAfterProps {
  /** Addresses of images. */
  readonly before: string;
  readonly after: string;
}

/** A photo and its staged image over each other, with a slider between them. */
export function BeforeAfter({ before, after }: BeforeAfterProps) {
  const [percent, setPercent] = useState(50);
  return (
    <div class="compare" style={{ "--at": `${percent}%` }}>
      <img class="after" src={after} alt="The room, staged" />
      <img class="before" src={before} alt="The room as photographed" />
      <span class="tag left">Before</span>
      <span class="tag right">After</span>
      <span class="line" />
      <input
        type="range"
        min="0"
        max="100"
        value={percent}
        aria-label="How much of the photo before staging is shown"
        aria-valuetext={`${percent} % before`}
        onInput={({ currentTarget }) => setPercent(Number(currentTarget.value))}
      />
    </div>
  );
}
